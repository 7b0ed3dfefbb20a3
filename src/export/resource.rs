//! What a file makes, as both families of tools have it: CloudFormation with CDK, and Terraform with Pulumi. All of it is
//! data, in tables; what was given fills it in.

use super::given::{Given, Name, Need, Part};

/// A thing that a file makes.
pub struct Resource {
    /// What it is and how others name it.
    pub kind: Kind,
    /// Without what it is left out.
    pub needs: Need,
    /// Whether CloudFormation leaves it in place when the stack goes: it holds what cannot be made again.
    pub is_kept: bool,
    /// Its properties, in the order in which they are written.
    pub fields: &'static [Field],
}

/// A type of resource, and the name of the one that a file has of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The type in CloudFormation, such as `AWS::IAM::RolePolicy`; empty where the family needs none.
    pub cloudformation: &'static str,
    /// The type in Terraform, such as `aws_iam_role_policy`; empty where the family needs none.
    pub terraform: &'static str,
    /// The name, in capitalized words such as `SessionKey`.
    pub label: &'static str,
}

/// A property: its name in CloudFormation, its name in Terraform, its value. The name is empty in a family that does not
/// have it.
pub type Field = (&'static str, &'static str, Value);

/// What a property is set to.
#[derive(Clone, Copy)]
pub enum Value {
    /// A text.
    Text(&'static str),
    /// True.
    True,
    /// A name, or what is asked for instead.
    Name(Name),
    /// What whoever uses the file must give.
    Input(&'static Input),
    /// A policy or another document: an object in CloudFormation, JSON text in Terraform.
    Document(Part),
    /// Something of another resource in the file.
    Made(Kind, Attribute),
    /// A list.
    List(&'static [Value]),
    /// Properties inside a property.
    Block(&'static [Field]),
    /// This where the name is given; otherwise the property is left out.
    If(Name, &'static Value),
}

/// What a file asks for.
#[derive(Debug, PartialEq, Eq)]
pub struct Input {
    /// In capitalized words, such as `RoleName`.
    pub name: &'static str,
    /// The type in CloudFormation.
    pub kind: &'static str,
    /// A sentence for people.
    pub about: &'static str,
}

/// What one resource says of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attribute {
    /// The name or ID by which AWS's calls take it.
    Id,
    /// Its ARN.
    Arn,
}

/// Tools that have the same resources with the same properties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// CloudFormation and CDK.
    CloudFormation,
    /// Terraform and Pulumi.
    Terraform,
}

impl Input {
    /// Whether it is a list of texts, not one.
    pub fn is_list(&self) -> bool {
        self.kind != "String" && !self.kind.ends_with("::Id")
    }
}

impl Kind {
    /// One that is always made.
    pub const fn with(self, fields: &'static [Field]) -> Resource {
        Resource { kind: self, needs: Need::Nothing, is_kept: false, fields }
    }
}

impl Resource {
    /// The same, made only where this is given.
    pub const fn if_given(self, needs: Need) -> Self {
        Resource { needs, ..self }
    }

    /// The same, left in place when the stack goes.
    pub const fn kept(self) -> Self {
        Resource { is_kept: true, ..self }
    }
}

impl Family {
    /// The resources that the family has, of those for which everything is given.
    pub fn of(self, groups: &[&'static [Resource]], given: &Given) -> Vec<&'static Resource> {
        let mut found = Vec::new();
        for resource in groups.iter().copied().flatten() {
            if given.has(resource.needs) && !self.kind(resource.kind).is_empty() {
                found.push(resource);
            }
        }
        found
    }

    /// The type of a resource.
    pub fn kind(self, kind: Kind) -> &'static str {
        match self {
            Family::CloudFormation => kind.cloudformation,
            Family::Terraform => kind.terraform,
        }
    }

    /// Calls `each` for each property that is there, with its name and value.
    pub fn fields(
        self,
        fields: &[Field],
        given: &Given,
        each: &mut dyn FnMut(&'static str, &Value),
    ) {
        for (cloudformation, terraform, value) in fields {
            let name = match self {
                Family::CloudFormation => *cloudformation,
                Family::Terraform => *terraform,
            };
            match value {
                _ if name.is_empty() => {}
                Value::If(needed, value) if given.name(*needed).is_some() => each(name, value),
                Value::If(..) => {}
                value => each(name, value),
            }
        }
    }

    /// Calls `each` for each value in these properties that holds no others.
    fn values(self, fields: &[Field], given: &Given, each: &mut dyn FnMut(&Value)) {
        self.fields(fields, given, &mut |_, value| match value {
            Value::Block(fields) => self.values(fields, given, each),
            Value::List(values) => values.iter().for_each(&mut *each),
            value => each(value),
        });
    }

    /// What is asked for in these resources, each once, in the order in which it is used.
    pub fn inputs(self, resources: &[&Resource], given: &Given) -> Vec<&'static Input> {
        let mut found: Vec<&'static Input> = Vec::new();
        for resource in resources {
            self.values(resource.fields, given, &mut |value| {
                let input = match value {
                    Value::Input(input) => Some(*input),
                    Value::Name(name) if given.name(*name).is_none() => Some(name.input()),
                    _ => None,
                };
                found.extend(input.filter(|input| !found.contains(input)));
            });
        }
        found
    }

    /// Whether one of the resources refers to the one of this kind.
    pub fn refers_to(self, resources: &[&Resource], kind: Kind, given: &Given) -> bool {
        let mut is_so = false;
        for resource in resources {
            self.values(resource.fields, given, &mut |value| {
                is_so |= matches!(value, Value::Made(made, _) if made.label == kind.label);
            });
        }
        is_so
    }
}

/// How the words of a name are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `roleName`.
    Camel,
    /// `role_name`.
    Snake,
    /// `ROLE_NAME`.
    Capitals,
    /// `RoleName`.
    Words,
}

/// The words of a name, which are told by their capitals or by underscores, joined in another way. Capitals in a row
/// are one word: `KMSMasterKeyID` is `kmsMasterKeyId`.
pub fn cased(name: &str, case: Case) -> String {
    let mut out = String::new();
    let bytes = name.as_bytes();
    let is_upper = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_uppercase);
    let is_lower = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_lowercase);
    let mut begins = true;
    for (at, byte) in name.bytes().enumerate() {
        if byte == b'_' {
            begins = true;
            continue;
        }
        begins |= is_upper(at) && (!is_upper(at.wrapping_sub(1)) || is_lower(at + 1));
        if begins && !out.is_empty() && matches!(case, Case::Snake | Case::Capitals) {
            out.push('_');
        }
        let is_capital = match case {
            Case::Camel => begins && !out.is_empty(),
            Case::Snake => false,
            Case::Capitals => true,
            Case::Words => begins,
        };
        let byte = if is_capital { byte.to_ascii_uppercase() } else { byte.to_ascii_lowercase() };
        out.push(char::from(byte));
        begins = false;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{cased, Case};

    #[test]
    fn words_are_told_and_joined() {
        for (name, camel, snake) in [
            ("RoleName", "roleName", "role_name"),
            ("KMSMasterKeyID", "kmsMasterKeyId", "kms_master_key_id"),
            ("SSEAlgorithm", "sseAlgorithm", "sse_algorithm"),
            ("assume_role_policy", "assumeRolePolicy", "assume_role_policy"),
            ("Id", "id", "id"),
            ("S3Endpoint", "s3Endpoint", "s3_endpoint"),
        ] {
            assert_eq!(cased(name, Case::Camel), camel);
            assert_eq!(cased(name, Case::Snake), snake);
        }
        assert_eq!(cased("KeyId", Case::Capitals), "KEY_ID");
        assert_eq!(cased("role_policy_attachment", Case::Words), "RolePolicyAttachment");
    }
}

//! What a file makes, as both families of tools have it: CloudFormation with CDK, and Terraform with Pulumi.

use std::borrow::Cow;

use crate::json::Plain;
use crate::policy::Policy;

/// A thing that a file makes.
pub struct Resource<'a> {
    /// What it is and how others name it.
    pub kind: Kind,
    /// Its properties, in the order in which they are written.
    pub fields: Vec<Field<'a>>,
    /// Whether another resource refers to it.
    pub is_named: bool,
    /// Whether CloudFormation leaves it in place when the stack goes: it holds what cannot be made again.
    pub is_kept: bool,
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

/// A property. Its name is empty in the family that does not have it.
pub struct Field<'a> {
    pub cloudformation: &'static str,
    pub terraform: &'static str,
    pub value: Value<'a>,
}

/// What a property is set to.
pub enum Value<'a> {
    /// Data.
    Plain(Plain<'a>),
    /// A policy: an object in CloudFormation, JSON text in Terraform.
    Policy(&'a Policy),
    /// A document that is no policy, written like one.
    Document(&'a Plain<'a>),
    /// What whoever uses the file must give.
    Input(&'static Input),
    /// Something of another resource in the file.
    Made(Kind, Attribute),
    /// A list.
    List(Vec<Value<'a>>),
    /// Properties inside a property.
    Block(Vec<Field<'a>>),
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

impl Input {
    /// Whether it is a list of texts, not one.
    pub fn is_list(&self) -> bool {
        self.kind != "String" && !self.kind.ends_with("::Id")
    }
}

impl Kind {
    /// One such resource.
    pub fn with<'a>(self, fields: Vec<Field<'a>>) -> Resource<'a> {
        Resource { kind: self, fields, is_named: false, is_kept: false }
    }
}

impl<'a> Resource<'a> {
    /// The properties that one of the families has, with their names there.
    pub fn properties(
        &self,
        name: fn(&Field<'a>) -> &'static str,
    ) -> impl Iterator<Item = (&'static str, &Value<'a>)> {
        let named = self.fields.iter().map(move |field| (name(field), &field.value));
        named.filter(|(name, _)| !name.is_empty())
    }
}

/// A property of both families.
pub fn field<'a>(
    cloudformation: &'static str,
    terraform: &'static str,
    value: Value<'a>,
) -> Field<'a> {
    Field { cloudformation, terraform, value }
}

/// A text as a value.
pub fn text<'a>(text: impl Into<Cow<'a, str>>) -> Value<'a> {
    Value::Plain(Plain::string(text))
}

/// What is asked for in these resources, each once, in the order in which it is used.
pub fn inputs(resources: &[Resource], name: fn(&Field) -> &'static str) -> Vec<&'static Input> {
    fn collect(value: &Value, found: &mut Vec<&'static Input>) {
        match value {
            Value::Input(input) if !found.contains(input) => found.push(input),
            Value::List(values) => values.iter().for_each(|value| collect(value, found)),
            Value::Block(fields) => fields.iter().for_each(|field| collect(&field.value, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for field in resources.iter().flat_map(|resource| &resource.fields) {
        if !name(field).is_empty() {
            collect(&field.value, &mut found);
        }
    }
    found
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

//! Prints a policy as AWS's user guides lay it out.

use super::{Element, Policy, Principal, Statement, Strings, Who};
use crate::json::{Layout, Plain};

impl Policy {
    /// The policy as JSON text that ends with a line feed.
    pub fn to_json(&self) -> String {
        self.to_plain().print(Layout::Guide)
    }

    /// The policy as a JSON value, the elements in the order in which AWS's guides have them.
    pub fn to_plain(&self) -> Plain<'_> {
        let mut elements = vec![("Version", Plain::string(self.version.name()))];
        elements.extend(self.id.as_deref().map(|id| ("Id", Plain::string(id))));
        let statements = self.statements.iter().map(statement).collect();
        elements.push(("Statement", Plain::List(statements)));
        Plain::fields(elements)
    }
}

fn statement(statement: &Statement) -> Plain<'_> {
    let mut elements = Vec::new();
    elements.extend(statement.sid.as_deref().map(|sid| ("Sid", Plain::string(sid))));
    elements.push(("Effect", Plain::string(statement.effect.name())));
    elements.extend(statement.principal.as_ref().map(principal));
    elements.push(named(["Action", "NotAction"], &statement.action));
    elements.extend(statement.resource.as_ref().map(|it| named(["Resource", "NotResource"], it)));
    if !statement.condition.is_empty() {
        let blocks = statement.condition.blocks();
        let blocks = blocks.map(|(operator, keys)| (operator, lists(keys)));
        elements.push(("Condition", Plain::fields(blocks)));
    }
    Plain::fields(elements)
}

fn principal(principal: &Principal) -> (&'static str, Plain<'_>) {
    let who = match &principal.who {
        Who::Everyone => Plain::string("*"),
        Who::Listed(types) => lists(types.iter().map(|(kind, who)| (kind.as_str(), who))),
    };
    (if principal.negated { "NotPrincipal" } else { "Principal" }, who)
}

fn named<'p>(
    [name, negated]: [&'static str; 2],
    element: &'p Element,
) -> (&'static str, Plain<'p>) {
    (if element.negated { negated } else { name }, strings(&element.values))
}

fn lists<'p>(lists: impl IntoIterator<Item = (&'p str, &'p Strings)>) -> Plain<'p> {
    Plain::fields(lists.into_iter().map(|(key, values)| (key, strings(values))))
}

fn strings(strings: &Strings) -> Plain<'_> {
    match strings {
        Strings::One(one) => Plain::string(one.as_str()),
        Strings::Many(many) => {
            Plain::List(many.iter().map(|one| Plain::string(one.as_str())).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::policy::{Effect, Policy, Principal, Statement, Strings, Who};

    #[test]
    fn strings_are_escaped_and_single_resources_stand_alone() {
        let statement = Statement::new(Effect::Deny, ["a:\"\\\u{1}"], ["*", "é"]);
        let json = Policy::new(vec![statement]).to_json();
        assert!(json.contains(r#""a:\"\\\u0001""#), "{json}");
        assert!(
            json.contains("\"Resource\": [\n                \"*\",\n                \"é\"\n"),
            "{json}"
        );
        assert!(json.contains("\"Effect\": \"Deny\""), "{json}");
    }

    #[test]
    fn no_statement_is_an_empty_array() {
        let json = Policy::new(vec![]).to_json();
        assert_eq!(json, "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": []\n}\n");
    }

    #[test]
    fn every_element_has_its_place() {
        let mut statement = Statement::new(Effect::Allow, ["sts:AssumeRole"], ["*"]);
        statement.sid = Some("Trust".to_owned());
        statement.principal = Some(Principal { negated: false, who: Who::Everyone });
        statement.action.negated = true;
        statement.resource = None;
        let account = Strings::many(["1"]);
        statement.condition.add("StringEquals", "aws:SourceAccount", account).unwrap();
        let json = Policy::new(vec![statement]).to_json();
        let compact: String = json.split_whitespace().collect();
        assert_eq!(
            compact,
            r#"{"Version":"2012-10-17","Statement":[{"Sid":"Trust","Effect":"Allow","Principal":"*","NotAction":["sts:AssumeRole"],"Condition":{"StringEquals":{"aws:SourceAccount":["1"]}}}]}"#
        );
    }
}

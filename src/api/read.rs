//! Reads arguments, and says of a wrong one where it is and what belongs there.
//!
//! By hand: derived code was a tenth of the wasm file, and its errors name neither the place nor the cure.

use std::borrow::Cow;

use super::{Error, Value};

impl Value<'_> {
    /// The text at `path`.
    pub(super) fn text(&self, path: &str) -> Result<&str, Error> {
        match self {
            Value::String(text) => Ok(text),
            other => Err(mismatch(other, "a string", path)),
        }
    }

    /// The list at `path`.
    pub(super) fn list(&self, path: &str) -> Result<&[Self], Error> {
        match self {
            Value::List(list) => Ok(list),
            other => Err(mismatch(other, "a list", path)),
        }
    }

    /// The object at `path`.
    pub(super) fn object(&self, path: &str) -> Result<&[(Cow<'_, str>, Self)], Error> {
        match self {
            Value::Object(fields) => Ok(fields),
            other => Err(mismatch(other, "an object", path)),
        }
    }

    /// The whole number at `path`.
    pub(super) fn whole_number(&self, path: &str) -> Result<i64, Error> {
        match self {
            Value::Integer(number) => Ok(*number),
            other => Err(mismatch(other, "a whole number", path)),
        }
    }

    /// The string or strings at `path`.
    pub(super) fn one_or_many(&self, path: &str) -> Result<OneOrMany<'_>, Error> {
        let mut texts = OneOrMany { values: Vec::new(), is_list: false };
        match self {
            Value::String(text) => texts.values.push(text),
            Value::List(list) => {
                texts.is_list = true;
                for (i, value) in list.iter().enumerate() {
                    texts.values.push(value.text(&element(path, i))?);
                }
            }
            other => return Err(mismatch(other, "a string or a list of strings", path)),
        }
        Ok(texts)
    }
}

/// One string, or a list of them.
#[derive(Debug, PartialEq)]
pub(super) struct OneOrMany<'v> {
    /// The strings.
    pub values: Vec<&'v str>,
    /// Whether they stood in a list.
    pub is_list: bool,
}

/// An object none of whose fields is unknown. A field that is there must not be null.
pub(super) struct Fields<'v> {
    fields: &'v [(Cow<'v, str>, Value<'v>)],
    path: String,
}

impl<'v> Fields<'v> {
    /// The object at `path`, which has no field but these.
    pub(super) fn of(value: &'v Value<'v>, path: &str, known: &[&str]) -> Result<Self, Error> {
        let fields = value.object(path)?;
        for (name, _) in fields {
            if !known.contains(&name.as_ref()) {
                // A name can be as long as a policy, and the known ones tell enough.
                let shown: String = name.chars().take(80).collect();
                let path = format!("{path}.{shown}");
                let known = known.join(", ");
                return Err(wrong(&path, &format!("is not known. Known are {known}")));
            }
        }
        Ok(Fields { fields, path: path.to_owned() })
    }

    /// The same, where an absent argument is an empty object.
    pub(super) fn optional(
        value: Option<&'v Value<'v>>,
        path: &str,
        known: &[&str],
    ) -> Result<Self, Error> {
        match value {
            Some(value) => Fields::of(value, path, known),
            None => Ok(Fields { fields: &[], path: path.to_owned() }),
        }
    }

    /// The path of a field.
    pub(super) fn at(&self, name: &str) -> String {
        format!("{}.{name}", self.path)
    }

    /// Whether a field is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// What a field holds, if it is there.
    pub(super) fn get(&self, name: &str) -> Option<&'v Value<'v>> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// What a field holds that must be there.
    pub(super) fn required(&self, name: &str) -> Result<&'v Value<'v>, Error> {
        self.get(name).ok_or_else(|| wrong(&self.at(name), "is missing"))
    }

    /// A text.
    pub(super) fn text(&self, name: &str) -> Result<Option<&'v str>, Error> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            // Only here is the path needed.
            Some(other) => other.text(&self.at(name)).map(Some),
        }
    }

    /// A text that must be there.
    pub(super) fn required_text(&self, name: &str) -> Result<&'v str, Error> {
        self.required(name)?;
        Ok(self.text(name)?.unwrap_or_default())
    }

    /// A text, as one's own.
    pub(super) fn string(&self, name: &str) -> Result<Option<String>, Error> {
        Ok(self.text(name)?.map(str::to_owned))
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Error> {
        match self.get(name) {
            None => Ok(None),
            Some(Value::Bool(value)) => Ok(Some(*value)),
            Some(other) => Err(mismatch(other, "true or false", &self.at(name))),
        }
    }

    /// A string or a list of them.
    pub(super) fn one_or_many(&self, name: &str) -> Result<Option<OneOrMany<'v>>, Error> {
        self.get(name).map(|value| value.one_or_many(&self.at(name))).transpose()
    }

    /// The elements of a list; none when it is absent.
    pub(super) fn list(&self, name: &str) -> Result<&'v [Value<'v>], Error> {
        match self.get(name) {
            None => Ok(&[]),
            Some(Value::List(list)) => Ok(list),
            Some(other) => other.list(&self.at(name)),
        }
    }

    /// An object in the object.
    pub(super) fn object(&self, name: &str, known: &[&str]) -> Result<Option<Self>, Error> {
        self.get(name).map(|value| Fields::of(value, &self.at(name), known)).transpose()
    }
}

/// The path of an element of a list.
pub(super) fn element(path: &str, index: usize) -> String {
    format!("{path}[{index}]")
}

/// What is wrong with the argument at `path`.
pub(super) fn wrong(path: &str, what: &str) -> Error {
    Error {
        code: "INVALID_ARGUMENT",
        message: format!("{path} {what}."),
        path: Some(path.to_owned()),
    }
}

fn mismatch(found: &Value, expected: &str, path: &str) -> Error {
    let found = match found {
        Value::Null => "null",
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Integer(number) => &number.to_string(),
        Value::Float(number) if !number.is_finite() => "NaN or infinite",
        Value::Float(number) if number.fract() == 0.0 => "so large a number",
        Value::Float(_) => "a fraction",
        Value::String(text) if text.chars().count() <= 40 => &format!("the string \"{text}\""),
        Value::String(_) => "a string",
        Value::List(_) => "a list",
        Value::Object(_) => "an object",
    };
    wrong(path, &format!("must be {expected}, not {found}"))
}

#[cfg(test)]
mod tests {
    use super::{Error, Fields, OneOrMany, Value};
    use serde::Deserialize;
    use serde_json::json;

    fn tree(value: &serde_json::Value) -> Value<'static> {
        Value::deserialize(value).unwrap()
    }

    fn outer(value: &Value) -> Result<(), Error> {
        let outer = Fields::of(value, "options", &["inner", "heartbeat", "minutes"])?;
        let inner = Fields::of(outer.required("inner")?, &outer.at("inner"), &["keyArn"])?;
        inner.required("keyArn")?;
        inner.one_or_many("keyArn")?;
        outer.flag("heartbeat")?;
        if let Some(minutes) = outer.get("minutes") {
            minutes.whole_number(&outer.at("minutes"))?;
        }
        Ok(())
    }

    #[test]
    fn a_wrong_value_is_named_with_its_place() {
        let cases = [
            (json!([]), "options must be an object, not a list."),
            (json!("x"), "options must be an object, not the string \"x\"."),
            (json!("x".repeat(41)), "options must be an object, not a string."),
            (json!({}), "options.inner is missing."),
            (json!({"inner": {}}), "options.inner.keyArn is missing."),
            (json!({"inner": null}), "options.inner must be an object, not null."),
            (
                json!({"inner": {"keyArn": 1.5}}),
                "options.inner.keyArn must be a string or a list of strings, not a fraction.",
            ),
            (
                json!({"inner": {"keyArn": ["a", -7]}}),
                "options.inner.keyArn[1] must be a string, not -7.",
            ),
            (
                json!({"inner": {"keyArn": "a"}, "heartbeat": "yes"}),
                "options.heartbeat must be true or false, not the string \"yes\".",
            ),
            (
                json!({"inner": {"keyArn": "a"}, "heartbeat": null}),
                "options.heartbeat must be true or false, not null.",
            ),
            (
                json!({"inner": {"keyArn": "a"}, "minutes": 1e300}),
                "options.minutes must be a whole number, not so large a number.",
            ),
            // A slip of the pen in a name is said before the name that it leaves missing.
            (
                json!({"innner": {"keyArn": "a"}}),
                "options.innner is not known. Known are inner, heartbeat, minutes.",
            ),
        ];
        for (value, message) in cases {
            let error = outer(&tree(&value)).err();
            assert_eq!(error.as_ref().map(|e| e.message.as_str()), Some(message));
            assert_eq!(error.map(|e| e.code), Some("INVALID_ARGUMENT"));
        }
    }

    #[test]
    fn one_and_many_are_told_apart() {
        for (value, is_list) in [(json!("a"), false), (json!(["a"]), true)] {
            let value = tree(&value);
            let read = value.one_or_many("options").ok();
            assert_eq!(read, Some(OneOrMany { values: vec!["a"], is_list }));
        }
    }
}

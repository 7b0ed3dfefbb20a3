//! Commands of the AWS CLI, as a shell and the CLI read them.

/// An option with its value, after a space.
///
/// A value that begins with a hyphen stands behind an equals sign, since the CLI would take it for an option of its
/// own.
pub(super) fn option(name: &str, value: &str) -> String {
    let between = if value.starts_with('-') { '=' } else { ' ' };
    format!(" --{name}{between}{}", argument(value, r"'\''"))
}

/// A value as one argument: bare, or where a shell would read anything in it, in single quotes, with `quote` for those
/// inside.
pub fn argument(value: &str, quote: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"_-./:".contains(&b);
    match value.bytes().all(is_plain) && !value.is_empty() {
        true => value.to_owned(),
        false => format!("'{}'", value.replace('\'', quote)),
    }
}

#[cfg(test)]
mod tests {
    use super::option;

    #[test]
    fn a_value_is_nothing_but_a_value() {
        for (value, expected) in [
            ("ReadLog", " --name ReadLog"),
            ("--evil", " --name=--evil"),
            ("-", " --name=-"),
            ("$LATEST", " --name '$LATEST'"),
            ("a b; rm -r ~", " --name 'a b; rm -r ~'"),
            ("it's", r" --name 'it'\''s'"),
            ("-a b", " --name='-a b'"),
            ("", " --name ''"),
        ] {
            assert_eq!(option("name", value), expected);
        }
    }
}

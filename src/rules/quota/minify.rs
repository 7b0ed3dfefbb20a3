//! JSON without white space.

/// The text without the white space outside of its strings; it must be JSON.
pub(in crate::rules) fn minify(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut is_in_string, mut is_escaped) = (false, false);
    for c in text.chars() {
        if is_in_string {
            is_in_string = is_escaped || c != '"';
            is_escaped = c == '\\' && !is_escaped;
        } else if c == '"' {
            is_in_string = true;
        } else if c.is_ascii_whitespace() {
            continue;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::minify;

    #[test]
    fn strings_stay_as_they_are() {
        for (text, expected) in [
            (" { \"a b\" :\r\n\t[ 1 , 2 ] } ", "{\"a b\":[1,2]}"),
            (r#"[ "\" , \\" , "x" ]"#, r#"["\" , \\","x"]"#),
            (r#"["\\" , " "]"#, r#"["\\"," "]"#),
        ] {
            assert_eq!(minify(text), expected);
        }
    }
}

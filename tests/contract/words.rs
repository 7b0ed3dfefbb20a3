//! Reads the words of an answer as JavaScript does.

use postern::api::Flat;
use serde_json::{Map, Value};

/// The answer that the words mean.
pub fn read(flat: &Flat) -> Value {
    let units: Vec<u16> = flat.text.encode_utf16().collect();
    let mut start = 0;
    let texts = flat.lengths.iter().map(|length| {
        let end = start + *length as usize;
        let text = String::from_utf16(&units[start..end]).unwrap();
        start = end;
        text
    });
    let texts: Vec<String> = texts.collect();
    assert_eq!(start, units.len(), "text is left");
    let mut words = flat.words.iter();
    let answer = value(&mut words, &texts);
    assert_eq!(words.next(), None, "a word is left");
    answer
}

fn value(words: &mut std::slice::Iter<u32>, texts: &[String]) -> Value {
    let word = *words.next().unwrap();
    let rest = (word >> 3) as usize;
    match word & 7 {
        Flat::NULL => Value::Null,
        Flat::FALSE => false.into(),
        Flat::TRUE => true.into(),
        Flat::NUMBER => rest.into(),
        Flat::STRING => texts[rest].as_str().into(),
        Flat::LIST => (0..rest).map(|_| value(words, texts)).collect(),
        Flat::OBJECT => {
            let mut object = Map::new();
            for _ in 0..rest {
                let name = value(words, texts).as_str().unwrap().to_owned();
                object.insert(name, value(words, texts));
            }
            object.into()
        }
        _ => serde_json::from_str(&texts[rest]).unwrap(),
    }
}

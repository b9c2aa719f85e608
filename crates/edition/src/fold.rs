//! Search forms: one spelling for the spellings that readers and writers take for the same word, in Urdu and English.
//!
//! Applied alike to what is indexed and to what is asked. Letters first (Arabic for Urdu ones, marks, joiners, digits,
//! case), then words, then a light stem: Urdu plurals and oblique forms, English plurals. `fixtures/urdu-search` has
//! the test set.

mod stem;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// One thing asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A folded word.
    Word(String),
    /// Folded words that must stand in this order; at least two.
    Phrase(Vec<String>),
}

/// The index form of `text`: its folded words, one space between them.
#[must_use]
pub fn text(text: &str) -> String {
    words(text).join(" ")
}

/// The folded and stemmed words of `text`, in order.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    split(&letters(text)).into_iter().map(|word| stem::of(&word)).collect()
}

/// The folded words of `text` with their endings left on: two texts with equal spellings differ in nothing but how a
/// keyboard writes the same letters, in marks, case or punctuation.
#[must_use]
pub fn spelling(text: &str) -> Vec<String> {
    split(&letters(text))
}

/// What a reader asks for: words, and phrases between quotation marks. A mark that nothing closes opens none.
#[must_use]
pub fn query(asked: &str) -> Vec<Term> {
    let mut out = Vec::new();
    let marks = |letter: char| matches!(letter, '"' | '“' | '”' | '„' | '«' | '»');
    let parts: Vec<&str> = asked.split(marks).collect();
    let last = parts.len().saturating_sub(1);
    for (at, part) in parts.into_iter().enumerate() {
        let folded = words(part);
        if at % 2 == 1 && at < last && folded.len() > 1 {
            out.push(Term::Phrase(folded));
        } else {
            out.extend(folded.into_iter().map(Term::Word));
        }
    }
    out
}

/// Whether every term of `terms` is in the folded words `document`: the plain meaning of a search.
#[must_use]
pub fn matches(document: &[String], terms: &[Term]) -> bool {
    terms.iter().all(|term| match term {
        Term::Word(word) => document.contains(word),
        Term::Phrase(words) => document.windows(words.len()).any(|window| window == words),
    })
}

/// One letter for each group of letters that are taken for one another; marks and joiners gone.
fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.nfkc() {
        match letter {
            // Joiners, direction marks, tatweel, soft hyphen.
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {}
            '\u{640}' | '\u{ad}' | '\u{feff}' | '\u{61c}' | 'ء' => {}
            // Hamza above that Unicode does not compose: ی + ٔ is ئ, which is folded to ی in any case.
            _ if is_combining_mark(letter) => {}
            'ك' | 'ڪ' => out.push('ک'),
            'ي' | 'ى' | 'ئ' => out.push('ی'),
            'ۓ' => out.push_str("یے"),
            'ه' | 'ۂ' | 'ۃ' | 'ة' | 'ە' => out.push('ہ'),
            'أ' | 'إ' | 'ٱ' => out.push('ا'),
            'ؤ' => out.push('و'),
            '٠'..='٩' => out.extend(digit(letter, '٠')),
            '۰'..='۹' => out.extend(digit(letter, '۰')),
            '٫' => out.push('.'),
            '٬' => out.push(','),
            'ʼ' | '’' | '‘' => out.push('\''),
            'à'..='ɏ' | 'À'..='ß' | 'Ḁ'..='ỿ' => {
                out.extend(
                    letter
                        .nfd()
                        .filter(|part| !is_combining_mark(*part))
                        .flat_map(char::to_lowercase),
                );
            }
            _ => out.extend(letter.to_lowercase()),
        }
    }
    out
}

fn digit(letter: char, zero: char) -> Option<char> {
    let value = u32::from(letter).checked_sub(u32::from(zero))?;
    char::from_digit(value, 10)
}

/// Words: letters and digits; a point or comma between digits stays inside, the comma to be dropped.
fn split(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let after_digit = word.ends_with(|last: char| last.is_ascii_digit());
        let before_digit = letters.peek().is_some_and(char::is_ascii_digit);
        match letter {
            _ if letter.is_alphanumeric() => word.push(initial(letter, word.is_empty())),
            '.' if after_digit && before_digit => word.push('.'),
            ',' if after_digit && before_digit => {}
            '\'' if !word.is_empty() && letters.peek().is_some_and(|next| next.is_alphabetic()) => {
                word.push('\'');
            }
            _ => end(&mut word, &mut out),
        }
    }
    end(&mut word, &mut out);
    out
}

/// No word begins with the aspirating ھ; at the start it is ہ, typed with the other key: ھے for ہے.
fn initial(letter: char, first: bool) -> char {
    if first && letter == 'ھ' { 'ہ' } else { letter }
}

fn end(word: &mut String, out: &mut Vec<String>) {
    let whole = std::mem::take(word);
    let bare = whole.strip_suffix("'s").unwrap_or(&whole).replace('\'', "");
    if !bare.is_empty() {
        out.push(bare);
    }
}

#[cfg(test)]
mod tests;

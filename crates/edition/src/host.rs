//! The host of a web address as machines resolve it, where a person could read another one.
//!
//! Punycode (RFC 3492) of the labels after the mapping that browsers make (UTS #46): letters brought to NFKC and lower
//! case, ideographic full stops as dots, invisible characters dropped.

use unicode_normalization::UnicodeNormalization;

/// The host of `url` in ASCII, if its spelling in the address hides it: letters outside ASCII, `%` escapes, or a name and
/// an `@` before it. `None` where the address shows its host as it is, and for what is no web address.
#[must_use]
pub fn hidden(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    // Browsers take a backslash for a slash.
    let authority = rest.split(['/', '\\', '?', '#']).next()?;
    let (user, place) = authority.rsplit_once('@').unwrap_or(("", authority));
    let plain = user.is_empty() && place.is_ascii() && !place.contains('%');
    (!plain && !place.is_empty()).then(|| ascii(place))
}

/// The host with each label in ASCII.
fn ascii(host: &str) -> String {
    let decoded = unescaped(host);
    let mapped: String = decoded.nfkc().filter(|letter| !ignored(*letter)).collect();
    let lower: String = mapped.to_lowercase().nfc().collect();
    let labels = lower
        .split(['.', '\u{3002}', '\u{ff61}'])
        .map(|label| if label.is_ascii() { label.to_owned() } else { punycode(label) });
    labels.collect::<Vec<_>>().join(".")
}

/// Characters that UTS #46 takes out of a host.
fn ignored(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

fn unescaped(host: &str) -> String {
    let mut bytes = Vec::with_capacity(host.len());
    let mut rest = host.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| *first == b'%');
        let value = escape.and_then(|two| u8::from_str_radix(str::from_utf8(two).ok()?, 16).ok());
        bytes.push(value.unwrap_or(*first));
        rest = if value.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

const BASE: u32 = 36;
const LEAST: u32 = 1;
const MOST: u32 = 26;

/// `xn--` and the label's Punycode; the label's code points as `u+…` where RFC 3492's numbers would run over, which takes
/// a label far longer than the 63 bytes that one may have.
fn punycode(label: &str) -> String {
    encode(label).unwrap_or_else(|| {
        label.chars().map(|letter| format!("u+{:04x}", u32::from(letter))).collect()
    })
}

fn encode(label: &str) -> Option<String> {
    let plain: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(plain.len()).ok()?;
    let mut out = format!("xn--{plain}");
    if basic > 0 {
        out.push('-');
    }
    let mut points: Vec<u32> = label.chars().filter(|c| !c.is_ascii()).map(u32::from).collect();
    points.sort_unstable();
    points.dedup();
    let (mut next, mut delta, mut bias, mut done) = (128_u32, 0_u32, 72_u32, basic);
    for point in points {
        delta = delta.checked_add((point - next).checked_mul(done + 1)?)?;
        next = point;
        for letter in label.chars().map(u32::from) {
            if letter < next {
                delta = delta.checked_add(1)?;
            } else if letter == next {
                put(&mut out, delta, bias)?;
                bias = adapt(delta, done + 1, done == basic);
                (delta, done) = (0, done + 1);
            }
        }
        (delta, next) = (delta.checked_add(1)?, next + 1);
    }
    Some(out)
}

/// `delta` as a number of variable length.
fn put(out: &mut String, delta: u32, bias: u32) -> Option<()> {
    let mut rest = delta;
    for place in 1.. {
        let limit = (BASE * place).saturating_sub(bias).clamp(LEAST, MOST);
        if rest < limit {
            break;
        }
        out.push(char::from_digit(limit + (rest - limit) % (BASE - limit), BASE).map(digit)?);
        rest = (rest - limit) / (BASE - limit);
    }
    out.push(char::from_digit(rest, BASE).map(digit)?);
    Some(())
}

/// Rust counts 0-9a-z, Punycode a-z0-9.
fn digit(usual: char) -> char {
    match usual {
        '0'..='9' => char::from(b'a' + (u32::from(usual) - u32::from('0')) as u8),
        'a'..='p' => char::from(b'k' + (u32::from(usual) - u32::from('a')) as u8),
        _ => char::from(b'0' + (u32::from(usual) - u32::from('q')) as u8),
    }
}

/// RFC 3492 section 6.1.
fn adapt(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut steps = 0;
    while delta > (BASE - LEAST) * MOST / 2 {
        delta /= BASE - LEAST;
        steps += BASE;
    }
    steps + (BASE - LEAST + 1) * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_009_a_host_that_hides_is_spelled_out() {
        let check =
            |url: &str, host: Option<&str>| assert_eq!(hidden(url).as_deref(), host, "{url}");
        check("https://news.example/a?b#c", None);
        check("https://news.example:8443", None);
        check("not an address", None);
        check("https:///x", None);
        // The first letter is Cyrillic.
        check("https://\u{430}pple.example/id", Some("xn--pple-43d.example"));
        check("https://b\u{fc}cher.example", Some("xn--bcher-kva.example"));
        check("https://B\u{dc}CHER.example:80/x", Some("xn--bcher-kva.example:80"));
        check("https://bu\u{308}cher.example", Some("xn--bcher-kva.example"));
        check("https://\u{645}\u{62b}\u{627}\u{644}.example", Some("xn--mgbh0fb.example"));
        check("https://\u{4f8b}\u{3048}.\u{30c6}\u{30b9}\u{30c8}", Some("xn--r8jz45g.xn--zckzah"));
        check("https://news\u{3002}example/x", Some("news.example"));
        check("https://ne\u{ad}ws.example", Some("news.example"));
        check("https://\u{ff4e}ews.example", Some("news.example"));
        check("https://n%65ws.example/x", Some("news.example"));
        check("https://bank.example@evil.example/", Some("evil.example"));
        check("https://bank.example\\@evil.example/", None);
        check("https://bank.example/@evil.example", None);
    }

    /// RFC 3492 section 7.1, samples L, N, Q and R.
    #[test]
    fn the_standard_s_samples() {
        let check = |label: &str, code: &str| assert_eq!(punycode(label), format!("xn--{code}"));
        check("3\u{5e74}b\u{7d44}\u{91d1}\u{516b}\u{5148}\u{751f}", "3b-ww4c5e180e575a65lsy2b");
        check(
            "hello-another-way-\u{305d}\u{308c}\u{305e}\u{308c}\u{306e}\u{5834}\u{6240}",
            "hello-another-way--fc4qua05auwb3674vfr0b",
        );
        check("maji\u{3067}koi\u{3059}\u{308b}5\u{79d2}\u{524d}", "majikoi5-783gue6qz075azm5e");
        check("\u{30d1}\u{30d5}\u{30a3}\u{30fc}de\u{30eb}\u{30f3}\u{30d0}", "de-jg4avhby1noc0d");
    }

    proptest! {
        #[test]
        fn it_is_ascii_always(url in "https://\\PC{0,40}", long in "\\PC{200}") {
            prop_assert!(hidden(&url).is_none_or(|host| host.is_ascii()));
            prop_assert!(ascii(&long).is_ascii());
        }
    }
}

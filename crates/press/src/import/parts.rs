//! Which line of a page is its headline, date, categories, standfirst, text.

use super::{Error, layout::Line};

/// The parts of a page, each as it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) edition: Option<String>,
    pub(super) motto: Option<String>,
    pub(super) headline: String,
    /// `YYYY-MM-DD`.
    pub(super) date: Option<String>,
    pub(super) sections: Vec<String>,
    pub(super) standfirst: Option<String>,
    pub(super) paragraphs: Vec<String>,
}

/// How far from the top the labels are looked for, in lines.
const TOP: usize = 14;

pub(super) fn find(lines: Vec<Line>) -> Result<Parts, Error> {
    let top = || lines.iter().take(TOP).enumerate();
    let dated = top().find_map(|(at, line)| Some((at, date(&line.text)?)));
    let filed = top().find_map(|(at, line)| Some((at, categories(&line.text)?)));
    let labels = [dated.as_ref().map(|(at, _)| *at), filed.as_ref().map(|(at, _)| *at)];
    let first = labels.iter().flatten().min().copied();
    let headline = top()
        .find(|(_, line)| line.main)
        .map(|(at, _)| at)
        .or_else(|| first.and_then(|first| first.checked_sub(1)))
        .unwrap_or(0);
    let last = labels.iter().flatten().copied().chain([headline]).max().unwrap_or(0);
    let text = |at: usize| lines.get(at).map(|line| line.text.clone());
    let mut body: Vec<String> = lines.iter().skip(last + 1).map(|line| line.text.clone()).collect();
    let standfirst = stands_first(&body).then(|| body.remove(0));
    let head: Vec<&str> = lines.iter().take(headline).map(|line| line.text.as_str()).collect();
    let motto = head.get(1..).unwrap_or_default().join(" ");
    let parts = Parts {
        edition: head.first().map(|name| (*name).to_owned()),
        motto: (!motto.is_empty()).then_some(motto),
        headline: text(headline).ok_or(Error::Missing("headline"))?,
        date: dated.map(|(_, date)| date),
        sections: filed.map(|(_, sections)| sections).unwrap_or_default(),
        standfirst,
        paragraphs: body,
    };
    if parts.paragraphs.is_empty() { Err(Error::Missing("text")) } else { Ok(parts) }
}

/// A short first paragraph before longer ones.
fn stands_first(body: &[String]) -> bool {
    let length = |text: &String| text.chars().count();
    match body {
        [first, next, ..] => length(first) <= 300 && length(first) < length(next),
        _ => false,
    }
}

/// The sections of a line such as `— Categories: Politics & Government`.
fn categories(line: &str) -> Option<Vec<String>> {
    let line = line.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let (label, list) = line.split_once(':')?;
    let label = label.trim().to_lowercase();
    let known =
        ["categories", "category", "section", "sections", "filed under", "زمرہ", "زمرے", "شعبہ"];
    if !known.contains(&label.as_str()) {
        return None;
    }
    let names: Vec<String> = list
        .split([',', ';', '|', '،'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    (!names.is_empty()).then_some(names)
}

/// The day of a line that holds nothing else: `August 5, 2025`, `5 August 2025`, `Published: 2025-08-05`.
fn date(line: &str) -> Option<String> {
    let line = line.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let line = match line.split_once(':') {
        Some((label, rest))
            if ["published", "date", "posted"].contains(&label.trim().to_lowercase().as_str()) =>
        {
            rest
        }
        _ => line,
    };
    let words: Vec<&str> = line.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let words = match words.as_slice() {
        [day, rest @ ..] if rest.len() == 3 && day.ends_with("day") => rest,
        all => all,
    };
    let (year, month, day) = match words {
        [one] => {
            let mut parts = one.split('-');
            let triple = (parts.next()?, parts.next()?, parts.next()?);
            if one.len() != 10 || parts.next().is_some() {
                return None;
            }
            (number(triple.0)?, number(triple.1)?, number(triple.2)?)
        }
        [a, b, year] => match (month(a), month(b)) {
            (Some(month), _) => (number(year)?, month, number(b)?),
            (_, Some(month)) => (number(year)?, month, number(a)?),
            _ => return None,
        },
        _ => return None,
    };
    let good =
        (1000..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    good.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [(&str, &str); 12] = [
        ("january", "جنوری"),
        ("february", "فروری"),
        ("march", "مارچ"),
        ("april", "اپریل"),
        ("may", "مئی"),
        ("june", "جون"),
        ("july", "جولائی"),
        ("august", "اگست"),
        ("september", "ستمبر"),
        ("october", "اکتوبر"),
        ("november", "نومبر"),
        ("december", "دسمبر"),
    ];
    let word = word.trim_end_matches('.').to_lowercase();
    let named = |(english, urdu): &(&str, &str)| {
        word == *urdu || (word.len() >= 3 && english.starts_with(&word))
    };
    let at = MONTHS.iter().position(named)?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read() {
        let check =
            |line: &str, day: Option<&str>| assert_eq!(date(line).as_deref(), day, "{line}");
        check("August 5, 2025", Some("2025-08-05"));
        check("5 August 2025", Some("2025-08-05"));
        check("Tuesday, 5 Aug. 2025", Some("2025-08-05"));
        check("Published: 2025-08-05", Some("2025-08-05"));
        check("۔ 5 اگست 2025", Some("2025-08-05"));
        check("On August 5, 2025, they met", None);
        check("August 45, 2025", None);
        check("2025-8", None);
        check("Maybe 5, 2025", None);
    }

    #[test]
    fn categories_are_read() {
        assert_eq!(categories("— Categories: A & B, C").unwrap_or_default(), ["A & B", "C"]);
        assert_eq!(categories("He said: A"), None);
    }
}

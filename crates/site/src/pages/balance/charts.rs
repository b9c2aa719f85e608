//! The balance's charts as SVG: pure functions of numbers, drawn from the beginning of a line to its end.
//!
//! The stylesheet colours them by class and turns them around where text runs from right to left. They are hidden from
//! those who cannot see them, because the table around each says the same.

use std::fmt::Write;

const OPEN: &str = "preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">";

/// A share on a line from none to all, with its interval where there is one, in thousandths.
pub(super) fn share(part: u32, whole: u32, bounds: Option<(u32, u32)>) -> String {
    let at = u64::from(part) * 1000 / u64::from(whole.max(1));
    let mut out = format!(
        "<svg class=\"share\" viewBox=\"0 0 1000 10\" {OPEN}<path class=\"g\" d=\"M0 5h1000\"/>"
    );
    if let Some((from, to)) = bounds {
        put(
            &mut out,
            format_args!("<path class=\"i\" d=\"M{from} 5h{}\"/>", to.saturating_sub(from)),
        );
    }
    // A mark of 12 that stays inside the line at both ends.
    let mark = at.clamp(6, 994) - 6;
    put(&mut out, format_args!("<path class=\"m\" d=\"M{mark} 5h12\"/></svg>"));
    out
}

/// Parts of one bar, one after the other, on a line whose whole length is `most`.
pub(super) fn stacked(parts: &[u32], most: u32) -> String {
    let most = u64::from(most.max(1));
    let mut out = format!("<svg class=\"stack\" viewBox=\"0 0 1000 10\" {OPEN}");
    let mut before: u64 = 0;
    for (at, part) in parts.iter().enumerate() {
        let from = before * 1000 / most;
        before += u64::from(*part);
        let to = before * 1000 / most;
        if to > from {
            put(&mut out, format_args!("<path class=\"p{at}\" d=\"M{from} 5h{}\"/>", to - from));
        }
    }
    out.push_str("</svg>");
    out
}

/// The marks of the time line: a minute, an hour, a day, thirty days, a year, in minutes.
const TICKS: [u64; 5] = [1, 60, 1440, 43_200, 525_600];

/// Times on a logarithmic line from a minute to a year: a mark for each; nothing for none.
pub(super) fn times(minutes: &[u64]) -> String {
    if minutes.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "<svg class=\"times\" viewBox=\"0 0 1000 20\" {OPEN}<path class=\"g\" d=\"M0 10h1000\"/>"
    );
    for tick in TICKS {
        put(&mut out, format_args!("<path class=\"g\" d=\"M{} 4v12\"/>", along(tick)));
    }
    for one in minutes {
        put(
            &mut out,
            format_args!("<path class=\"m\" d=\"M{} 10h8\"/>", along(*one).clamp(4, 996) - 4),
        );
    }
    out.push_str("</svg>");
    out
}

/// Where a time stands on the line of a thousand: by its number of halvings, so that it needs no fractions.
fn along(minutes: u64) -> u64 {
    let scaled = minutes.clamp(1, 525_600);
    let whole = u64::from(scaled.ilog2());
    // Between two powers of two the line is straight: near enough to a logarithm for the eye.
    let part = (scaled * 1000 / (1 << whole)) - 1000;
    ((whole * 1000 + part) * 1000 / 18_985).min(1000)
}

fn put(out: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = out.write_fmt(words);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stay_inside_the_line() {
        assert!(share(0, 10, None).contains("M0 5h12\""));
        assert!(share(10, 10, None).contains("M988 5h12\""));
        assert!(share(1, 4, Some((50, 700))).contains("M50 5h650\""));
        assert!(share(1, 0, None).contains("M988"));
    }

    #[test]
    fn parts_fill_the_line_between_them() {
        let bar = stacked(&[1, 0, 3], 4);
        assert!(bar.contains("class=\"p0\" d=\"M0 5h250\""));
        assert!(bar.contains("class=\"p2\" d=\"M250 5h750\""));
        assert!(!bar.contains("p1"));
        assert!(!stacked(&[0], 0).contains("path"));
    }

    #[test]
    fn time_goes_from_a_minute_to_a_year() {
        let places: Vec<u64> = TICKS.iter().map(|tick| along(*tick)).collect();
        assert_eq!(places, [0, 309, 548, 806, 1000]);
        assert_eq!(along(0), 0);
        assert_eq!(along(u64::MAX), 1000);
        assert_eq!(times(&[]), "");
    }
}

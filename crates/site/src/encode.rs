//! Content encodings: which one a request wants, and the bytes in it, made once for a rendering and never per request.

use std::io::Write;

use hyper::header::HeaderValue;

/// The codings that are served (RFC 9110 section 8.4.1, RFC 7932, RFC 8878).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// The bytes as they are.
    Identity,
    /// `gzip`.
    Gzip,
    /// `br`.
    Brotli,
    /// `zstd`.
    Zstd,
}

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// A few milliseconds for a page, since someone is waiting, and small enough for the first round trip of a slow line.
    Quick,
    /// The smallest that the coding can make: nobody is.
    Best,
}

impl Encoding {
    /// Every coding; where a request likes several equally, the first of these wins, so the smallest comes first.
    pub const ALL: [Self; 4] = [Self::Brotli, Self::Zstd, Self::Gzip, Self::Identity];

    /// The name in `Content-Encoding` and `Accept-Encoding`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }

    /// The same in the order in which they are quickly made.
    const QUICK: [Self; 4] = [Self::Zstd, Self::Gzip, Self::Brotli, Self::Identity];

    /// Whether `Accept-Encoding` allows this coding.
    #[must_use]
    pub fn allowed(self, accept: Option<&HeaderValue>) -> bool {
        let text = accept.and_then(|value| value.to_str().ok());
        text.map_or(self == Self::Identity, |text| weight_of(text, self) > 0)
    }

    /// The coding that `Accept-Encoding` likes best; the bytes as they are where it says nothing that we read. Of those
    /// that it likes equally, the smallest is taken where all are there, and the quickest where they have to be made.
    #[must_use]
    pub fn choose(accept: Option<&HeaderValue>, effort: Effort) -> Self {
        let Some(text) = accept.and_then(|value| value.to_str().ok()) else {
            return Self::Identity;
        };
        let mut best = (0, Self::Identity);
        for coding in if effort == Effort::Best { Self::ALL } else { Self::QUICK } {
            let weight = weight_of(text, coding);
            if weight > best.0 {
                best = (weight, coding);
            }
        }
        best.1
    }
}

/// The weight in thousandths that `text` gives to `coding`. A coding that is not named has the weight of `*`, but
/// identity, which needs no mention, comes after everything that is named.
fn weight_of(text: &str, coding: Encoding) -> u16 {
    let mut star = None;
    for item in text.split(',') {
        let (name, rest) = item.split_once(';').unwrap_or((item, ""));
        let name = name.trim();
        if name.eq_ignore_ascii_case(coding.name()) {
            return thousandths(rest);
        }
        if name == "*" {
            star = Some(thousandths(rest));
        }
    }
    match (star, coding) {
        (Some(weight), _) => weight,
        (None, Encoding::Identity) => 1,
        (None, _) => 0,
    }
}

/// `;q=0.5` as 500; 1000 where it is missing, 0 where it is not a weight.
fn thousandths(parameter: &str) -> u16 {
    let parameter = parameter.trim();
    if parameter.is_empty() {
        return 1000;
    }
    let value = parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q="));
    let Some(value) = value.map(str::trim) else { return 1000 };
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    if part.len() > 3 || !part.bytes().all(|digit| digit.is_ascii_digit()) {
        return 0;
    }
    match whole {
        "1" => 1000,
        "0" => format!("{part:0<3}").parse().unwrap_or(0),
        _ => 0,
    }
}

/// `bytes` in `coding`; `None` where that is not smaller, so that the bytes as they are serve better.
#[must_use]
pub fn encode(coding: Encoding, bytes: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let out = match coding {
        Encoding::Identity => None,
        Encoding::Gzip => gzip(bytes, effort),
        Encoding::Brotli => brotli(bytes, effort),
        Encoding::Zstd => zstd(bytes, effort),
    };
    out.filter(|out| out.len() < bytes.len())
}

fn gzip(bytes: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let level = if effort == Effort::Best { 9 } else { 6 };
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(level));
    writer.write_all(bytes).ok()?;
    writer.finish().ok()
}

fn brotli(bytes: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: if effort == Effort::Best { 11 } else { 6 },
        size_hint: bytes.len(),
        // The encoder takes memory for the whole window, eight bytes for each of it: 32 MiB for the largest one.
        lgwin: window(bytes.len()),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters).ok()?;
    Some(out)
}

/// The base-2 logarithm of the smallest window that holds `length` bytes (RFC 7932 section 9.1: a window of 2^n has 16 bytes
/// less).
fn window(length: usize) -> i32 {
    (10..22).find(|bits| (1 << bits) - 16 >= length).unwrap_or(22)
}

fn zstd(bytes: &[u8], effort: Effort) -> Option<Vec<u8>> {
    let level = if effort == Effort::Best { 19 } else { 9 };
    zstd::bulk::compress(bytes, level).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::io::Read;

    #[test]
    fn the_request_chooses() {
        let check = |accept: &str, expected| {
            let value = HeaderValue::from_str(accept).unwrap();
            assert_eq!(Encoding::choose(Some(&value), Effort::Best), expected, "{accept:?}");
            assert!(expected.allowed(Some(&value)) || expected == Encoding::Identity);
        };
        check("gzip, deflate, br, zstd", Encoding::Brotli);
        check("gzip, deflate", Encoding::Gzip);
        check("GZIP", Encoding::Gzip);
        check("zstd;q=1.0, br;q=0.9", Encoding::Zstd);
        check("br;q=0, gzip;q=0.001", Encoding::Gzip);
        check("br;q=0", Encoding::Identity);
        check("identity, br;q=0.5", Encoding::Identity);
        check("*", Encoding::Brotli);
        check("*;q=0.5, br;q=0.1", Encoding::Zstd);
        check("", Encoding::Identity);
        check("br;q=2", Encoding::Identity);
        check("br;q=-1, gzip;q=0.12345", Encoding::Identity);
        check("deflate, compress", Encoding::Identity);
        check("*;q=0", Encoding::Identity);
        assert_eq!(Encoding::choose(None, Effort::Best), Encoding::Identity);
        assert!(Encoding::Identity.allowed(None) && !Encoding::Gzip.allowed(None));
    }

    #[test]
    fn what_has_to_be_made_is_made_quickly() {
        let check = |accept: &str, expected| {
            let value = HeaderValue::from_str(accept).unwrap();
            assert_eq!(Encoding::choose(Some(&value), Effort::Quick), expected, "{accept:?}");
        };
        check("gzip, deflate, br, zstd", Encoding::Zstd);
        check("gzip, deflate, br", Encoding::Gzip);
        check("br, gzip;q=0.9", Encoding::Brotli);
        check("identity", Encoding::Identity);
    }

    #[test]
    fn what_is_encoded_comes_back() {
        let text = "any change after sealing can be detected by anyone who checks. ".repeat(60);
        for effort in [Effort::Quick, Effort::Best] {
            let [br, zst, gz] = [Encoding::Brotli, Encoding::Zstd, Encoding::Gzip]
                .map(|coding| encode(coding, text.as_bytes(), effort).unwrap());
            let mut plain = Vec::new();
            brotli::BrotliDecompress(&mut &*br, &mut plain).unwrap();
            assert_eq!(plain, text.as_bytes());
            assert_eq!(zstd::bulk::decompress(&zst, text.len()).unwrap(), text.as_bytes());
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(&*gz).read_to_end(&mut plain).unwrap();
            assert_eq!(plain, text.as_bytes());
        }
    }

    #[test]
    fn the_window_holds_the_whole_and_not_much_more() {
        let check = |length: usize, bits: i32| assert_eq!(window(length), bits, "{length}");
        check(0, 10);
        check(1008, 10);
        check(1009, 11);
        check(65_520, 16);
        check(80_000, 17);
        check(100_000_000, 22);
    }

    #[test]
    fn what_would_grow_stays_as_it_is() {
        for coding in Encoding::ALL {
            assert_eq!(encode(coding, b"no", Effort::Best), None, "{coding:?}");
        }
    }
}

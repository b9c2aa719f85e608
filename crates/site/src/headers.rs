//! The headers that every answer carries: what browsers must refuse, and what caches may keep.
//!
//! Content Security Policy Level 3, the MDN HTTP Observatory's scoring, RFC 9111 for caches. No cookie is ever set.

use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use ovn_edition::commit::sha256;
use ovn_tlog::encoding::to_base64;

/// `Surrogate-Key`: by which words a CDN in front can drop what a seal changed.
pub(crate) const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");

const ALWAYS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::ACCEPT_RANGES, "none"),
];
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), \
    geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()";
/// Two years with subdomains, the least that browsers' preload lists take.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// How long caches between us and a reader may keep an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Seconds, then ask again: what a seal changes.
    Short,
    /// Ask each time: the checkpoint.
    Ask,
    /// For ever: bytes that their address names, full tiles and archived copies.
    Forever,
    /// Not at all: answers about a passing state.
    Never,
}

impl Keep {
    fn value(self) -> &'static str {
        match self {
            Self::Short => "public, max-age=10, must-revalidate",
            Self::Ask => "public, no-cache",
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Never => "no-store",
        }
    }
}

/// What an answer is to a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trust {
    /// A page of ours.
    Page,
    /// Data of ours, for anyone's program.
    Data,
    /// Bytes that somebody else made: shown to nobody, run by nothing.
    Foreign,
}

/// The headers of an answer with these bytes, before encoding.
pub(crate) fn fixed(trust: Trust, keep: Keep, body: &[u8], https: bool) -> HeaderMap {
    let mut map = HeaderMap::with_capacity(24);
    for (name, value) in ALWAYS {
        map.insert(name, HeaderValue::from_static(value));
    }
    map.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep.value()));
    let resource = if trust == Trust::Page { "same-origin" } else { "cross-origin" };
    let name = HeaderName::from_static("cross-origin-resource-policy");
    map.insert(name, HeaderValue::from_static(resource));
    map.insert(header::CONTENT_SECURITY_POLICY, policy(trust, body));
    if trust == Trust::Page {
        let name = HeaderName::from_static("permissions-policy");
        map.insert(name, HeaderValue::from_static(PERMISSIONS));
        map.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    } else {
        map.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    if https {
        map.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(HSTS));
    }
    map
}

fn policy(trust: Trust, body: &[u8]) -> HeaderValue {
    if trust != Trust::Page {
        return HeaderValue::from_static(
            "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        );
    }
    let hashes: String = styles(body)
        .map(|style| format!(" 'sha256-{}'", to_base64(&sha256(style.as_bytes()))))
        .collect();
    let styles = if hashes.is_empty() { " 'none'" } else { &hashes };
    let text = format!(
        "default-src 'none'; style-src{styles}; img-src 'self' data:; object-src 'none'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
}

/// The style sheets that stand in a page's head. What an author wrote cannot add one: the body comes after the head's
/// end, and its text is escaped.
fn styles(body: &[u8]) -> impl Iterator<Item = &str> {
    let text = str::from_utf8(body).unwrap_or_default();
    let head = text.split_once("</head>").map_or("", |(head, _)| head);
    head.split("<style").skip(1).filter_map(|rest| {
        let (_, content) = rest.split_once('>')?;
        content.split_once("</style>").map(|(style, _)| style)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn csp(trust: Trust, body: &str) -> String {
        let map = fixed(trust, Keep::Short, body.as_bytes(), true);
        map.get("content-security-policy").unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn only_the_head_s_styles_are_allowed() {
        let page = "<head><style>a{}</style></head><body><style>b{}</style>";
        let hash = to_base64(&sha256(b"a{}"));
        let policy = csp(Trust::Page, page);
        assert!(policy.contains(&format!("style-src 'sha256-{hash}';")), "{policy}");
        assert!(csp(Trust::Page, "<p>").contains("style-src 'none'"));
        assert!(csp(Trust::Foreign, page).contains("sandbox"));
    }

    #[test]
    fn data_is_for_anyone_and_pages_are_not_framed() {
        let data = fixed(Trust::Data, Keep::Ask, b"", false);
        assert_eq!(data.get("access-control-allow-origin").unwrap(), "*");
        assert_eq!(data.get("cache-control").unwrap(), "public, no-cache");
        assert!(data.get("strict-transport-security").is_none());
        let page = fixed(Trust::Page, Keep::Short, b"", true);
        assert!(page.get("access-control-allow-origin").is_none());
        assert_eq!(page.get("cross-origin-resource-policy").unwrap(), "same-origin");
        assert!(page.get("strict-transport-security").is_some());
        assert!(page.get("set-cookie").is_none());
    }
}

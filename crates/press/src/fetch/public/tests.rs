//! Every range of the registries, at its first and last address and beside them.
#![allow(clippy::unwrap_used)]
use super::*;
use proptest::prelude::*;

fn address(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// Addresses that are worth a name of their own.
const ONES: [&str; 21] = [
    "168.63.129.16",                 // a cloud's wire server
    "169.254.169.254",               // most clouds' secrets
    "169.254.170.2",                 // the same for containers
    "100.100.100.200",               // another cloud's
    "192.0.0.192",                   // another cloud's
    "fd00:ec2::254",                 // the same by IPv6
    "fd20:ce::254",                  // another cloud's
    "2001:0:c000:204::1",            // Teredo
    "2001:2::1",                     // measuring
    "2001:10::1",                    // ORCHID
    "2001:20::1",                    // ORCHIDv2
    "2002:7f00:1::1",                // 6to4 of 127.0.0.1
    "2002:5db8:d70e::1",             // 6to4 of a public address
    "64:ff9b::127.0.0.1",            // NAT64 of this machine
    "64:ff9b::169.254.169.254",      // NAT64 of secrets
    "64:ff9b::10.1.2.3",             // NAT64 of a private network
    "2a00:1450::5efe:10.0.0.1",      // ISATAP of a private network
    "2a00:1450::200:5efe:127.0.0.1", // the same, globally unique
    "::127.0.0.1",                   // IPv4-compatible
    "::93.184.215.14",               // the same of a public address
    "::ffff:93.184.215.14",          // mapped, of a public address
];

#[test]
fn case_046_every_range_that_is_set_aside_is_refused() {
    let refused = |text: &str| assert!(fault(address(text)).is_some(), "{text}");
    for (first, last) in [
        ("0.0.0.0", "0.255.255.255"),
        ("10.0.0.0", "10.255.255.255"),
        ("100.64.0.0", "100.127.255.255"),
        ("127.0.0.0", "127.255.255.255"),
        ("169.254.0.0", "169.254.255.255"),
        ("172.16.0.0", "172.31.255.255"),
        ("192.0.0.0", "192.0.0.255"),
        ("192.0.2.0", "192.0.2.255"),
        ("192.31.196.0", "192.31.196.255"),
        ("192.52.193.0", "192.52.193.255"),
        ("192.88.99.0", "192.88.99.255"),
        ("192.168.0.0", "192.168.255.255"),
        ("192.175.48.0", "192.175.48.255"),
        ("198.18.0.0", "198.19.255.255"),
        ("198.51.100.0", "198.51.100.255"),
        ("203.0.113.0", "203.0.113.255"),
        ("224.0.0.0", "239.255.255.255"),
        ("240.0.0.0", "255.255.255.255"),
        ("::", "::ffff:ffff"),
        ("::ffff:0.0.0.0", "::ffff:255.255.255.255"),
        ("::ffff:0:0.0.0.0", "::ffff:0:255.255.255.255"),
        ("64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"),
        ("100::", "100:0:0:1:ffff:ffff:ffff:ffff"),
        ("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff"),
        ("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("4000::", "5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ] {
        refused(first);
        refused(last);
    }
    for one in ONES {
        refused(one);
    }
}

#[test]
fn what_stands_beside_them_is_the_publics() {
    for text in [
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "93.184.215.14",
        "168.63.129.17",
        "2000::1",
        "2001:200::1",
        "2001:db7::1",
        "2001:db9::1",
        "2003::1",
        "2606:2800:21f::1",
        "3ffe::1",
        "2a00:1450::200e",
        "64:ff9b::93.184.215.14",
        "2a00:1450::5efe:93.184.215.14",
    ] {
        assert_eq!(fault(address(text)), None, "{text}");
    }
}

proptest! {
    /// What the standard library calls private, local or multicast is never the public's.
    #[test]
    fn no_address_of_the_house_passes(bits: u32, high: u128) {
        let v4 = Ipv4Addr::from(bits);
        let inside = v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_broadcast()
            || v4.is_documentation() || v4.is_multicast() || v4.is_unspecified();
        prop_assert!(!inside || fault(v4.into()).is_some());
        prop_assert!(fault(v4.to_ipv6_mapped().into()).is_some());
        prop_assert!(fault(v4.to_ipv6_compatible().into()).is_some());
        let translated = Ipv6Addr::from(u128::from(NAT64) | u128::from(bits));
        prop_assert_eq!(fault(translated.into()), fault(v4.into()));
        let v6 = Ipv6Addr::from(high);
        let inside = v6.is_loopback() || v6.is_multicast() || v6.is_unique_local()
            || v6.is_unicast_link_local() || v6.is_unspecified() || v6.to_ipv4().is_some();
        prop_assert!(!inside || fault(v6.into()).is_some());
        prop_assert!(high >> 125 == 1 || fault(v6.into()).is_some());
    }
}

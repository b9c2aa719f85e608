//! Which addresses of the internet are the public's: everything that a registry sets aside is not asked.
//!
//! IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates of 2025), multicast, and the addresses at
//! which clouds give machines their secrets. Whole reserved ranges are refused, also where one of their addresses is
//! declared reachable from everywhere: no source stands there.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Ranges of IPv4: the first address, the length of the prefix, what it is.
const V4: [(Ipv4Addr, u32, &str); 21] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8, "this network (RFC 791)"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "a private network (RFC 1918)"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "a provider's inner network (RFC 6598)"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "this machine (RFC 1122)"),
    (Ipv4Addr::new(168, 63, 129, 16), 32, "a cloud's service for its own machines"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "the link (RFC 3927), where clouds keep secrets"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "a private network (RFC 1918)"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "set aside for protocols (RFC 6890)"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "set aside for documentation (RFC 5737)"),
    (Ipv4Addr::new(192, 31, 196, 0), 24, "set aside for AS112 (RFC 7535)"),
    (Ipv4Addr::new(192, 52, 193, 0), 24, "set aside for AMT (RFC 7450)"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "6to4 (RFC 7526)"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "a private network (RFC 1918)"),
    (Ipv4Addr::new(192, 175, 48, 0), 24, "set aside for AS112 (RFC 7534)"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "set aside for measuring (RFC 2544)"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "set aside for documentation (RFC 5737)"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "set aside for documentation (RFC 5737)"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "multicast (RFC 1112)"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "reserved (RFC 1112)"),
    (Ipv4Addr::new(233, 252, 0, 0), 24, "set aside for documentation (RFC 6676)"),
    (Ipv4Addr::BROADCAST, 32, "everybody on the link (RFC 919)"),
];

/// Ranges of IPv6 within the part that is given out (`2000::/3`), and those outside of it that have a name.
const V6: [(Ipv6Addr, u32, &str); 16] = [
    (Ipv6Addr::LOCALHOST, 128, "this machine (RFC 4291)"),
    (Ipv6Addr::UNSPECIFIED, 128, "no address (RFC 4291)"),
    (v6(0, 0, 0, 0, 0, 0xffff), 96, "an address of IPv4 in disguise (RFC 4291)"),
    (v6(0, 0, 0, 0, 0xffff, 0), 96, "an address of IPv4 in disguise (RFC 2765)"),
    (Ipv6Addr::UNSPECIFIED, 96, "an address of IPv4 in disguise (RFC 4291)"),
    (v6(0x64, 0xff9b, 1, 0, 0, 0), 48, "a network's own translation (RFC 8215)"),
    (v6(0x100, 0, 0, 0, 0, 0), 63, "a hole, or a dummy (RFC 6666, RFC 9780)"),
    (v6(0x2001, 0, 0, 0, 0, 0), 23, "set aside for protocols, such as Teredo (RFC 2928, RFC 4380)"),
    (v6(0x2001, 0xdb8, 0, 0, 0, 0), 32, "set aside for documentation (RFC 3849)"),
    (v6(0x2002, 0, 0, 0, 0, 0), 16, "an address of IPv4 in 6to4 (RFC 3056)"),
    (v6(0x2620, 0x4f, 0x8000, 0, 0, 0), 48, "set aside for AS112 (RFC 7534)"),
    (v6(0x3fff, 0, 0, 0, 0, 0), 20, "set aside for documentation (RFC 9637)"),
    (v6(0x5f00, 0, 0, 0, 0, 0), 16, "segment routing's own (RFC 9602)"),
    (v6(0xfc00, 0, 0, 0, 0, 0), 7, "a private network (RFC 4193), where clouds keep secrets"),
    (v6(0xfe80, 0, 0, 0, 0, 0), 9, "the link or the site (RFC 4291, RFC 3879)"),
    (v6(0xff00, 0, 0, 0, 0, 0), 8, "multicast (RFC 4291)"),
];

/// Translated addresses that a network without IPv4 makes of everybody's (RFC 6052): what they lead to counts.
const NAT64: Ipv6Addr = v6(0x64, 0xff9b, 0, 0, 0, 0);

const fn v6(a: u16, b: u16, c: u16, d: u16, e: u16, f: u16) -> Ipv6Addr {
    Ipv6Addr::new(a, b, c, d, e, f, 0, 0)
}

/// Why `address` is not the public's, in words that follow it; `None` when it is.
#[must_use]
pub fn fault(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => fault_v4(address),
        IpAddr::V6(address) => fault_v6(address),
    }
}

fn fault_v4(address: Ipv4Addr) -> Option<&'static str> {
    let bits = u32::from(address);
    let within = |first: Ipv4Addr, length: u32| (bits ^ u32::from(first)) >> (32 - length) == 0;
    V4.iter().find(|(first, length, _)| within(*first, *length)).map(|(_, _, what)| *what)
}

fn fault_v6(address: Ipv6Addr) -> Option<&'static str> {
    let bits = u128::from(address);
    let within = |first: Ipv6Addr, length: u32| (bits ^ u128::from(first)) >> (128 - length) == 0;
    if within(NAT64, 96) {
        return fault_v4(Ipv4Addr::from(bits as u32));
    }
    if let Some((_, _, what)) = V6.iter().find(|(first, length, _)| within(*first, *length)) {
        return Some(what);
    }
    if !within(v6(0x2000, 0, 0, 0, 0, 0), 3) {
        return Some("given to nobody (RFC 4291)");
    }
    // ISATAP (RFC 5214): 5efe and an address of IPv4 in the lower half.
    let isatap = (bits >> 32) as u32 & 0xfdff_ffff == 0x5efe;
    if isatap { fault_v4(Ipv4Addr::from(bits as u32)) } else { None }
}

#[cfg(test)]
#[path = "public/tests.rs"]
mod tests;

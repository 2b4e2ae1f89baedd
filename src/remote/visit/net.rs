//! Which addresses of the network are public. A text that somebody else wrote must not make this computer speak to
//! what only it can reach: itself, the office's network, the machines that a cloud keeps for its own.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use http::Uri;
use ureq::Error;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Whether anybody on the internet can have the computer at `address` in sight (IANA's registries of special-purpose
/// addresses, RFC 6890).
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast();
    // This network, shared by a provider's customers, of the IETF, for measurements, reserved.
    let is_reserved = a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240;
    !is_special && !is_reserved
}

/// Of IPv6, 2000::/3 alone is given out, and not all of it.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_special = first == 0x2001 && (second < 0x200 || second == 0xdb8);
    (first & 0xe000) == 0x2000 && !is_special && (first & 0xfff0) != 0x3ff0
}

/// The address of the older sort that stands in one of the newer: mapped, compatible, behind a translator (NAT64), or
/// in a tunnel (6to4).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let last = || {
        let [.., high, low] = address.segments();
        Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0 | 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => Some(last()),
        [0x2002, high, low, ..] => Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low))),
        _ => None,
    }
}

/// Finds the addresses of a host, and refuses one of which any is not public. The connection is made to what was
/// looked at here, so that no name can be another one a moment later.
#[derive(Debug)]
pub(super) struct Guard {
    pub(super) is_public: fn(IpAddr) -> bool,
    /// The host and port of the proxy, which the office itself named.
    pub(super) proxy: Option<(String, u16)>,
}

/// An address that is not public.
#[derive(Debug)]
pub(super) struct InnerAddress;

impl fmt::Display for InnerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a public address")
    }
}

impl std::error::Error for InnerAddress {}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found =
            DefaultResolver::default().resolve(uri, config, timeout).map_err(|error| match error {
                Error::Io(_) => Error::HostNotFound,
                other => other,
            })?;
        let is_proxy = self.proxy.as_ref().is_some_and(|(host, port)| {
            uri.host() == Some(host) && uri.port_u16().is_none_or(|own| own == *port)
        });
        match is_proxy || found.iter().all(|address| (self.is_public)(address.ip())) {
            true => Ok(found),
            false => Err(Error::Io(io::Error::other(InnerAddress))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_networks_are_known_in_every_spelling() {
        let public = ["1.1.1.1", "100.63.0.1", "172.32.0.1", "223.5.5.5", "2400:3200::1", "64:ff9b::101:101"];
        let inner = [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "169.254.169.254",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.1.1",
            "198.19.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::a00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for (list, expected) in [(&public[..], true), (&inner[..], false)] {
            for address in list {
                assert_eq!(is_public(address.parse().unwrap()), expected, "{address}");
            }
        }
    }
}

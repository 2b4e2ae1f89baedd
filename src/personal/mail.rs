//! Mailboxes of people: those at hosts where people have theirs. An office's own mailbox is at its own
//! domain, and its name is no secret.

use super::{Certainty, PersonalFinding, PersonalKind};

/// Hosts of people's mailboxes.
const HOSTS: [&str; 34] = [
    "qq.com",
    "vip.qq.com",
    "foxmail.com",
    "163.com",
    "vip.163.com",
    "126.com",
    "vip.126.com",
    "yeah.net",
    "188.com",
    "netease.com",
    "sina.com",
    "sina.cn",
    "sina.com.cn",
    "vip.sina.com",
    "sohu.com",
    "vip.sohu.com",
    "tom.com",
    "21cn.com",
    "139.com",
    "189.cn",
    "wo.cn",
    "aliyun.com",
    "alibaba.com",
    "yahoo.com",
    "yahoo.com.cn",
    "yahoo.cn",
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "live.cn",
    "msn.com",
    "icloud.com",
    "263.net",
];

/// The mailboxes in a text.
pub(super) fn find(text: &str, found: &mut Vec<PersonalFinding>) {
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b'@', bytes) {
        let is_local = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+');
        let local = bytes[at.saturating_sub(64)..at].iter().rev().take_while(is_local).count();
        let is_host = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
        let host = bytes[at + 1..].iter().take(64).take_while(is_host).count();
        let host = text[at + 1..at + 1 + host].trim_end_matches(['.', '-']);
        let name = &text[at - local..at];
        if !name.is_empty() && HOSTS.iter().any(|known| known.eq_ignore_ascii_case(host)) {
            found.push(mailbox(name, host, at));
        }
    }
}

fn mailbox(name: &str, host: &str, at: usize) -> PersonalFinding {
    PersonalFinding {
        kind: PersonalKind::Mail,
        certainty: Certainty::Likely,
        place: at - name.len()..at + 1 + host.len(),
        value: format!("{name}@{host}").to_ascii_lowercase(),
    }
}

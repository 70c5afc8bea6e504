//! Escaping: cleaning of input text, and writing of words, code and link targets as Markdown.

/// What to do with a character of the input.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Keep,
    Space,
    Drop,
}

/// Control and invisible characters could disturb the layout of the source or hide text in it.
fn fate(c: char) -> Fate {
    match c {
        ' '..='~' => Fate::Keep,
        '\u{ad}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' => Fate::Drop,
        _ if c.is_whitespace() || c.is_control() => Fate::Space,
        _ => Fate::Keep,
    }
}

/// Appends `raw` to `out`, free of control and invisible characters and on one line.
pub(super) fn clean(out: &mut String, raw: &str) {
    let mut rest = raw;
    loop {
        let (plain, odd) = rest.split_at(printable(rest.as_bytes()));
        out.push_str(plain);
        let mut chars = odd.chars();
        let Some(c) = chars.next() else { break };
        match fate(c) {
            Fate::Keep => out.push(c),
            Fate::Space => out.push(' '),
            Fate::Drop => {}
        }
        rest = chars.as_str();
    }
}

/// The length of the printable ASCII text at the start. Goes by blocks while it can, because that
/// compiles to vector instructions.
fn printable(bytes: &[u8]) -> usize {
    let is_printable = |byte: &u8| matches!(byte, b' '..=b'~');
    let (blocks, _) = bytes.as_chunks::<16>();
    let all = |block: &&[u8; 16]| block.iter().fold(true, |all, b| all & is_printable(b));
    let start = 16 * blocks.iter().take_while(all).count();
    let rest = bytes.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|b| is_printable(b)).count()
}

/// Like [`clean`], for code: spaces are kept as they are, but a line break in the source and the
/// indentation around it are one space.
pub(super) fn clean_code(out: &mut String, raw: &str) {
    if !raw.contains('\n') {
        clean(out, raw);
        return;
    }
    let start = out.len();
    for (index, line) in raw.split('\n').enumerate() {
        let line = if index > 0 {
            out.truncate(out.trim_end_matches(' ').len().max(start));
            out.push(' ');
            line.trim_start()
        } else {
            line
        };
        clean(out, line);
    }
}

/// Like [`clean`], for preformatted text: line breaks are kept.
pub(super) fn clean_preformatted(out: &mut String, raw: &str) {
    for (index, line) in raw.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        for (index, part) in line.split('\t').enumerate() {
            if index > 0 {
                out.push_str("    ");
            }
            clean(out, part);
        }
    }
}

/// The length of the longest run of backticks in `text`.
pub(super) fn longest_backticks(text: &str) -> usize {
    if !text.contains('`') {
        return 0;
    }
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Writes a code span. The content has no whitespace at its ends and is not empty.
pub(super) fn code_span(out: &mut String, content: &str) {
    let fence = longest_backticks(content) + 1;
    let pad = content.starts_with('`') || content.ends_with('`');
    for _ in 0..fence {
        out.push('`');
    }
    if pad {
        out.push(' ');
    }
    out.push_str(content);
    if pad {
        out.push(' ');
    }
    for _ in 0..fence {
        out.push('`');
    }
}

/// The address a link may have, or `None` if it is not one for rustdoc.
pub(super) fn link_address(href: &str) -> Option<&str> {
    let href = href.trim();
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| {
            href.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme) && start.len() < href.len())
        })
        .then_some(href)
}

/// Writes the destination of an inline link.
pub(super) fn destination(out: &mut String, url: &str) {
    // Angle brackets make parentheses harmless without changing the address.
    let wrap = url.contains(['(', ')']);
    if wrap {
        out.push('<');
    }
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('&') {
        address(out, before);
        out.push_str(if forms_entity(after) { "&amp;" } else { "&" });
        rest = after;
    }
    address(out, rest);
    if wrap {
        out.push('>');
    }
}

/// Writes a URL between angle brackets, which is a link to itself.
pub(super) fn autolink(out: &mut String, url: &str) {
    out.push('<');
    address(out, url);
    out.push('>');
}

/// Writes a part of a URL. Characters that would end the URL or hide in it are percent-encoded.
fn address(out: &mut String, part: &str) {
    let is_plain = |b: u8| matches!(b, b'!'..=b'~') && !matches!(b, b'<' | b'>' | b'`' | b'\\');
    let mut rest = part;
    while let Some(at) = rest.bytes().position(|b| !is_plain(b)) {
        let (plain, odd) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = odd.chars();
        if let Some(c) = chars.next() {
            url_char(out, c);
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Writes a character of a URL, percent-encoded if it is ASCII or invisible.
fn url_char(out: &mut String, c: char) {
    if !c.is_ascii() && fate(c) == Fate::Keep {
        out.push(c);
        return;
    }
    let mut utf8 = [0; 4];
    for byte in c.encode_utf8(&mut utf8).bytes() {
        out.push('%');
        for digit in [byte >> 4, byte & 15] {
            let digit = char::from_digit(digit.into(), 16).unwrap_or_default();
            out.push(digit.to_ascii_uppercase());
        }
    }
}

/// Finds the first bare URL in a word: what is before it, the URL, and what is after it.
pub(super) fn bare_url(word: &str) -> Option<(&str, &str, &str)> {
    if !word.contains(':') {
        return None;
    }
    for (start, _) in word.match_indices("http") {
        let (before, rest) = word.split_at(start);
        let Some(host) = rest
            .strip_prefix("https://")
            .or_else(|| rest.strip_prefix("http://"))
        else {
            continue;
        };
        if host.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            let end = rest.find(['<', '>', '"', '`', '\\', '|']);
            let url = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
            let (url, after) = rest.split_at(trim_punctuation(url).len());
            return Some((before, url, after));
        }
    }
    None
}

/// Takes off what belongs to the sentence around a URL.
fn trim_punctuation(mut url: &str) -> &str {
    while let Some(last) = url.chars().next_back() {
        let unbalanced = |open: char| url.matches(open).count() < url.matches(last).count();
        let trim = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' | '’' | '”' | '…' => {
                true
            }
            ')' => unbalanced('('),
            ']' => unbalanced('['),
            '}' => unbalanced('{'),
            _ => false,
        };
        if !trim {
            break;
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    url
}

/// Takes the longest start of a text that consists of words, with single spaces between them, of
/// which nothing needs an escape and only the last can end a sentence. Returns them and the last
/// word. `None` if not even the first word is like that.
pub(super) fn simple_words(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let mut end = 0;
    let complete = loop {
        end += ordinary(bytes.get(end..).unwrap_or_default());
        let next = bytes.get(end + 1);
        match bytes.get(end) {
            None | Some(b'\n') => break true,
            Some(b'.' | b'?' | b'!') if !next.is_some_and(u8::is_ascii_alphanumeric) => {
                let rest = bytes.get(end..).unwrap_or_default();
                let in_word =
                    |b: &&u8| (**b != b' ' && is_ordinary(**b)) || matches!(b, b'.' | b'?' | b'!');
                end += rest.iter().take_while(in_word).count();
                break matches!(bytes.get(end), None | Some(b' ' | b'\n'));
            }
            Some(b'.' | b'?' | b'!') => {}
            // Not the start of a dash, and not within a URL.
            Some(b'-') if next != Some(&b'-') => {}
            Some(b':') if next != Some(&b'/') => {}
            Some(b) if is_ordinary(*b) => {}
            _ => break false,
        }
        end += 1;
    };
    let mut words = text.get(..end)?;
    if !complete {
        words = words.get(..words.rfind(' ')?)?;
    }
    if doubles_space(words.as_bytes()) {
        words = words.get(..words.find("  ")?)?;
    }
    let words = words.trim_end_matches(' ');
    // The last word is short: a plain loop is faster than a search.
    let last = words.bytes().rposition(|b| b == b' ');
    let last = last.map_or(0, |space| space + 1);
    Some((words, words.get(last..)?))
}

/// Whether there are two spaces side by side. Does not stop when it finds them, because that
/// compiles to vector instructions.
fn doubles_space(bytes: &[u8]) -> bool {
    let next = bytes.get(1..).unwrap_or_default();
    let pairs = bytes.iter().zip(next);
    pairs.fold(false, |any, (a, b)| any | ((*a == b' ') & (*b == b' ')))
}

/// The length of some text at the start that is ordinary. Goes by blocks while they have nothing
/// but the most common characters, because that compiles to vector instructions.
fn ordinary(bytes: &[u8]) -> usize {
    let is_within = |b: u8, first: u8, last: u8| b.wrapping_sub(first) <= last - first;
    let is_common = |b: u8| {
        is_within(b | 0x20, b'a', b'z')
            | is_within(b, b'/', b'9')
            | is_within(b, b'\'', b')')
            | (b == b' ')
            | (b == b',')
    };
    let (blocks, _) = bytes.as_chunks::<16>();
    let all = |block: &&[u8; 16]| block.iter().fold(true, |all, b| all & is_common(*b));
    let start = 16 * blocks.iter().take_while(all).count();
    let rest = bytes.iter().skip(start).take(16);
    start + rest.take_while(|b| is_ordinary(**b)).count()
}

/// Whether a byte neither needs an escape anywhere nor ends a sentence, a line or a URL.
fn is_ordinary(byte: u8) -> bool {
    const ORDINARY: [bool; 256] = {
        let mut table = [true; 256];
        let mut others: &[u8] = b"\n.?!:\\`*_[]<>&~-";
        while let [first, rest @ ..] = others {
            table[*first as usize] = false;
            others = rest;
        }
        table
    };
    ORDINARY[usize::from(byte)]
}

/// Writes text as Markdown that means the text itself. The text has no whitespace.
///
/// `around` are the characters before and after the text, where they are known. `angle` tells
/// whether an escaped `<` waits for its `>`, so that `\<name\>` looks even.
pub(super) fn escape(
    out: &mut String,
    text: &str,
    around: (Option<char>, Option<char>),
    angle: &mut bool,
) {
    let next = around.1;
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if !is_special(byte) {
            at += 1;
            continue;
        }
        out.push_str(&text[done..at]);
        let run = bytes[at..].iter().take_while(|b| **b == byte).count();
        let after = text[at + run..].chars().next().or(next);
        let before = text[..at].chars().next_back().or(around.0);
        let rest = &text[at + 1..];
        let all = match byte {
            b'_' => !(is_word(before) && is_word(after)),
            // What cannot end a strikethrough need not be kept from starting one.
            b'~' => {
                let ends = |c: char| c != ' ' && (!c.is_ascii_punctuation() || !is_word(after));
                run > 1 || before.is_some_and(ends)
            }
            _ => false,
        };
        let first = match byte {
            b'\\' => !is_word(rest.chars().next()),
            b'`' | b'*' | b'[' | b']' => true,
            b'<' => rest.chars().next().or(next).is_none_or(starts_tag) || rest.contains('@'),
            b'>' => *angle,
            b'&' => forms_entity(rest),
            // Rustdoc would make a dash of the hyphens that start a command line option.
            b'-' => run == 2 && !is_word(before) && after.is_some_and(char::is_alphanumeric),
            _ => false,
        };
        if byte == b'<' || byte == b'>' {
            *angle = first && byte == b'<';
        }
        let taken = if matches!(byte, b'_' | b'~' | b'-') {
            run
        } else {
            1
        };
        for index in 0..taken {
            if all || (first && index == 0) {
                out.push('\\');
            }
            out.push(char::from(byte));
        }
        at += taken;
        done = at;
    }
    out.push_str(&text[done..]);
}

/// Whether a byte may need an escape in the middle of a line.
fn is_special(byte: u8) -> bool {
    matches!(
        byte,
        b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'>' | b'&' | b'~' | b'-'
    )
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

fn starts_tag(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')
}

/// Whether the text after an ampersand would make it an entity.
fn forms_entity(rest: &str) -> bool {
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let length = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    length > 0 && name.as_bytes().get(length) == Some(&b';')
}

/// Where a finished line needs a backslash so as not to start a block instead of text.
pub(super) fn guard(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let ends_at = |at: usize| matches!(line.as_bytes().get(at), None | Some(b' '));
    let escape = match line.as_bytes().get(digits) {
        Some(b'.' | b')') if (1..=9).contains(&digits) && ends_at(digits + 1) => true,
        _ if digits > 0 => false,
        Some(b'#') => {
            let hashes = line.bytes().take_while(|b| *b == b'#').count();
            hashes <= 6 && ends_at(hashes)
        }
        Some(b'>') => true,
        Some(b'+' | b'-') if ends_at(1) => true,
        // An underline of a heading, a thematic break, or the second line of a table.
        Some(b'=' | b'-' | b'|' | b':' | b'_') => line
            .bytes()
            .all(|b| matches!(b, b'=' | b'-' | b'|' | b':' | b'_' | b' ')),
        _ => false,
    };
    escape.then_some(digits)
}

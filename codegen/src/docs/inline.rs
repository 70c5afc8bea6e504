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
    while let Some(at) = rest.bytes().position(|b| !matches!(b, b' '..=b'~')) {
        let (plain, odd) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = odd.chars();
        if let Some(c) = chars.next() {
            match fate(c) {
                Fate::Keep => out.push(c),
                Fate::Space => out.push(' '),
                Fate::Drop => {}
            }
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Like [`clean`], for code: spaces are kept as they are, but a line break in the source and the
/// indentation around it are one space.
pub(super) fn clean_code(out: &mut String, raw: &str) {
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
    for (at, c) in url.char_indices() {
        match c {
            '&' if forms_entity(&url[at + 1..]) => out.push_str("&amp;"),
            _ => url_char(out, c),
        }
    }
    if wrap {
        out.push('>');
    }
}

/// Writes a URL between angle brackets, which is a link to itself.
pub(super) fn autolink(out: &mut String, url: &str) {
    out.push('<');
    for c in url.chars() {
        url_char(out, c);
    }
    out.push('>');
}

/// Writes a character of a URL, percent-encoded if it would end the URL or hide in it.
fn url_char(out: &mut String, c: char) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    if !matches!(c, ' ' | '<' | '>' | '`' | '\\') && fate(c) == Fate::Keep {
        out.push(c);
        return;
    }
    let mut utf8 = [0; 4];
    for byte in c.encode_utf8(&mut utf8).bytes() {
        out.push('%');
        out.push(char::from(HEX[usize::from(byte >> 4)]));
        out.push(char::from(HEX[usize::from(byte & 15)]));
    }
}

/// Finds the first bare URL in a word: the byte range of it.
pub(super) fn bare_url(word: &str) -> Option<(usize, usize)> {
    if !word.contains(':') {
        return None;
    }
    let mut from = 0;
    while let Some(found) = word.get(from..)?.find("http") {
        let start = from + found;
        let rest = &word[start..];
        from = start + 4;
        let Some(host) = rest
            .strip_prefix("https://")
            .or_else(|| rest.strip_prefix("http://"))
        else {
            continue;
        };
        if host.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            let end = rest.find(['<', '>', '"', '`', '\\', '|']);
            let url = trim_punctuation(&rest[..end.unwrap_or(rest.len())]);
            return Some((start, start + url.len()));
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

/// Escapes the start of a finished line if the line would start a block instead of text.
pub(super) fn guard_line(line: &mut String) {
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
    if escape {
        line.insert(digits, '\\');
    }
}

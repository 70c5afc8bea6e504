//! CBOR (RFC 8949), where AWS's codec reads less than there is.

/// A body in which null stands for undefined, and times to the millisecond are read as such; none if
/// it has neither.
///
/// AWS's codec has no undefined, and cuts off what is below a millisecond: of 0.665 seconds, which a
/// double has as a little less, 664 milliseconds would be left.
pub(super) fn plain(body: &[u8]) -> Option<Vec<u8>> {
    const NULL: u8 = 0xf6;
    const UNDEFINED: u8 = 0xf7;
    let mut plain = None;
    let mut is_time = false;
    let mut at = 0;
    // The heads of items, one after the other, whatever they are in. What is no CBOR is an error later.
    while let Some(&head) = body.get(at) {
        let (major, info) = (head >> 5, head & 0x1f);
        let width = match info {
            24..28 => 1_usize << (info - 24),
            _ => 0,
        };
        let Some(argument) = body.get(at + 1..at + 1 + width) else {
            break;
        };
        if head == UNDEFINED {
            plain.get_or_insert_with(|| body.to_vec())[at] = NULL;
        }
        if let (0xfb, true, Ok(bytes)) = (head, is_time, argument.try_into())
            && let Some(time) = whole_millis(f64::from_be_bytes(bytes))
        {
            let plain = plain.get_or_insert_with(|| body.to_vec());
            plain[at + 1..at + 9].copy_from_slice(&time.to_be_bytes());
        }
        let value = match width {
            0 => u64::from(info),
            _ => argument
                .iter()
                .fold(0, |value, byte| value << 8 | u64::from(*byte)),
        };
        is_time = major == 6 && value == 1;
        at += 1 + width;
        if matches!(major, 2 | 3) && info != 31 {
            // Bytes and text follow.
            let end = usize::try_from(value)
                .ok()
                .and_then(|length| at.checked_add(length));
            at = end.unwrap_or(body.len());
        }
    }
    plain
}

/// The seconds of a whole number of milliseconds, and a little more than that.
fn whole_millis(seconds: f64) -> Option<f64> {
    let millis = (seconds * 1000.0).round();
    // The nearest one that a double has.
    (millis / 1000.0 == seconds && seconds.fract() != 0.0).then_some(seconds + 0.000_1)
}

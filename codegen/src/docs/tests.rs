//! The behaviours of the conversion, one by one.

use super::markdown;

/// Checks the lines made of `html`.
#[track_caller]
fn check(html: &str, expected: &[&str]) {
    assert_eq!(markdown(html), expected, "{html}");
}

#[test]
fn paragraphs_are_separated_by_one_blank_line() {
    check("<p>One</p> <p>Two</p><p/><p> </p>", &["One", "", "Two"]);
    check("One<p>Two</p>Three", &["One", "", "Two", "", "Three"]);
    check("<p>One<p>Two", &["One", "", "Two"]);
    check("<div>One</div><span>Two</span>", &["One", "", "Two"]);
    check("", &[]);
    check(" <p> </p> ", &[]);
}

#[test]
fn whitespace_is_collapsed_and_words_stay_apart() {
    check("<p> a \n\t b&nbsp;&#8232;c\r\nd </p>", &["a b c d"]);
    check("<p>a<span>b</span>c <sup>d</sup></p>", &["abc d"]);
    check("a&#8203;b\u{202e}c\u{7}d", &["abc d"]);
}

#[test]
fn each_sentence_has_its_line() {
    check(
        "<p>One. Two? (Three.) \"Four!\" 5 is <code>a. B</code>. <code>c</code> d.</p>",
        &[
            "One.",
            "Two?",
            "(Three.)",
            "\"Four!\"",
            "5 is `a. B`.",
            "`c` d.",
        ],
    );
    check("A <b>b.</b> C", &["A **b.**", "C"]);
    check(
        "One. <a href=\"https://a.b\">t. U</a> v. w",
        &["One.", "[t. U](https://a.b) v. w"],
    );
    check("One.<br/>two<br>three", &["One.", "two", "three"]);
}

#[test]
fn abbreviations_do_not_end_sentences() {
    for text in [
        "For example (e.g. Amazon S3) or i.e. EC2",
        "Amazon Web Services, Inc. Region",
        "the U.S. East",
        "by J. Smith",
        "cf. Table, approx. 5, vs. Lambda",
        "see No. 5",
        "and so on, etc. with more",
        "version 1.5 of A.",
    ] {
        check(text, &[text]);
    }
    check(
        "Is it? No. Use it, etc. Then",
        &["Is it?", "No.", "Use it, etc.", "Then"],
    );
    check("1. First", &["1\\. First"]);
}

#[test]
fn code_is_verbatim() {
    check("a<code>x_*y&lt;z&gt;</code>b", &["a`x_*y<z>`b"]);
    check("a<code> x </code>b <code> </code>c <code/>", &["a `x` b c"]);
    check("<code>a`b</code> <code>`</code>", &["``a`b`` `` ` ``"]);
    check("<code>a</code><code>b</code>", &["`ab`"]);
    check("<code>a <i>b</i>\n   c  d</code>", &["`a b c  d`"]);
    check(
        "<filename>/dev</filename> <literal>x</literal>",
        &["`/dev` `x`"],
    );
    check("<code>arn:<region>:x</code>", &["`arn:<region>:x`"]);
}

#[test]
fn emphasis_is_kept_where_it_is_valid() {
    check(
        "a <i>b</i> <em> c </em>d <b>e</b> <strong>f</strong>",
        &["a *b* *c* d **e** **f**"],
    );
    check(
        "<b><i>a</i></b> <b><code>b</code></b>",
        &["***a*** **`b`**"],
    );
    check("a<b>b</b>c", &["a**b**c"]);
    check("a<b>(b)</b>c <b>d:</b>e", &["a(b)c d:e"]);
    check("<b>a</b><i>b</i>", &["**a**b"]);
    check("x <b> </b><i></i> y", &["x y"]);
    check("<b>a <i>b</b> c</i> d", &["**a** ***b*** *c* d"]);
    check("<b>A one. B two.</b>", &["**A one.", "B two.**"]);
}

#[test]
fn links_have_text_and_destination() {
    check(
        "<a href=\"https://a.b/c\">d <code>e</code></a>",
        &["[d `e`](https://a.b/c)"],
    );
    check(
        "x<a href=' https://a.b '> t </a>y",
        &["x [t](https://a.b) y"],
    );
    check("<ulink url=\"http://a.b\">t</ulink>", &["[t](http://a.b)"]);
    check("<a href=\"mailto:a@b.c\">t</a>", &["[t](mailto:a@b.c)"]);
    check(
        "<a href=\"https://a.b/c(d)\">t</a>",
        &["[t](<https://a.b/c(d)>)"],
    );
    check(
        "<a href=\"https://a.b/c d<e>`\">t</a>",
        &["[t](https://a.b/c%20d%3Ce%3E%60)"],
    );
    check(
        "<a href=\"https://a.b\"></a><a href=\"https://c.d\"/>",
        &["<https://a.b><https://c.d>"],
    );
    check(
        "<a>A</a> <a href=\"\">B</a> <a href=\"/c\">C</a> <a href=\"javascript:d\">D</a>",
        &["A B C D"],
    );
    check(
        "<i>a <a href=\"https://a.b\">t</a></i>",
        &["*a [t](https://a.b)*"],
    );
    check(
        "<a href=\"https://a.b\">s <b>t</b></a>u",
        &["[s **t**](https://a.b)u"],
    );
    check(
        "wow!<a href=\"https://a.b\">[t]</a>",
        &["wow\\![\\[t\\]](https://a.b)"],
    );
    check(
        "<code>a <a href=\"https://a.b\">t</a></code>",
        &["`a` [`t`](https://a.b)"],
    );
}

#[test]
fn bare_urls_become_links() {
    check(
        "See https://a.b/c_d. (http://e.f/g(h)).",
        &["See <https://a.b/c_d>.", "(<http://e.f/g(h)>)."],
    );
    check(
        "https://&lt;host&gt;/x https://a.b/&lt;id&gt;",
        &["https://\\<host\\>/x <https://a.b/>\\<id\\>"],
    );
    check(
        "<a href=\"https://a.b\">https://a.b</a>",
        &["[https://a.b](https://a.b)"],
    );
    check("<code>https://a.b</code>", &["`https://a.b`"]);
}

#[test]
fn lists_are_nested_and_tight() {
    check(
        "<p>A:</p><ul><li><p>One. Two.</p></li> <li>b<ol><li>c. D</li><li>e</li></ol></li></ul><p>f</p>",
        &[
            "A:", "", "* One.", "  Two.", "* b", "  1. c.", "     D", "  2. e", "", "f",
        ],
    );
    check(
        "<ol><li><p>a</p><p>b</p></li><li>c</li></ol>",
        &["1. a", "", "   b", "2. c"],
    );
    check("<ul><li><ul><li>a</li></ul></li><li></li></ul>", &["* * a"]);
    check("<ul><li>a<li>b</ul>", &["* a", "* b"]);
    check("<ul>x<li>a</li> y</ul>", &["* x", "* a", "", "  y"]);
    check("<li>a</li><li>b</li>", &["* a", "* b"]);
    check(
        "<ul><li>a</li></ul><ul><li>b</li></ul>",
        &["* a", "", "- b"],
    );
    let many = "<ol>".to_owned() + &"<li>a. B</li>".repeat(10);
    assert_eq!(markdown(&many).last().map(String::as_str), Some("    B"));
}

#[test]
fn notes_are_quoted() {
    check(
        "<note> <p>One. Two.</p> <p>Three</p> </note>x",
        &["> **Note:** One.", "> Two.", ">", "> Three", "", "x"],
    );
    check(
        "<important><ul><li>a</li></ul></important>",
        &["> **Important:**", ">", "> * a"],
    );
    check(
        "<ul><li>a<warning>b. C</warning></li></ul>",
        &["* a", "", "  > **Warning:** b.", "  > C"],
    );
    check(
        "<tip>a</tip><caution>b</caution>",
        &["> **Tip:** a", "", "> **Caution:** b"],
    );
    check(
        "<p><note><p>a</p></note></p><note> </note>",
        &["> **Note:** a"],
    );
}

#[test]
fn definitions_headings_and_tables_become_plain_blocks() {
    check(
        "<dl><dt>A</dt><dd><p>b. C</p></dd><dt><code>D</code></dt><dd>e</dd></dl>",
        &["* **A**", "", "  b.", "  C", "* **`D`**", "", "  e"],
    );
    check("<dl><dt/><dd>a</dd><dt/><dd>b</dd></dl>", &["* a", "* b"]);
    check(
        "<h2>A b</h2>c<title>D</title>",
        &["**A b**", "", "c", "", "**D**"],
    );
    check(
        "<table><tr><th>A</th> <th>B</th></tr><tr><td><p>c</p></td><td>d</td></tr></table>",
        &["* A | B", "* c | d"],
    );
}

#[test]
fn preformatted_text_is_fenced() {
    check(
        "a<pre>\n<code>x &lt; y  \n\n  *z*</code>\n</pre>b",
        &["a", "", "```text", "x < y", "", "  *z*", "```", "", "b"],
    );
    check("<pre>```</pre>", &["````text", "```", "````"]);
    check(
        "<ul><li><programlisting>a\n\n\n b</programlisting></li></ul>",
        &["* ```text", "  a", "", "   b", "  ```"],
    );
    check("<pre> </pre>", &[]);
}

#[test]
fn the_name_of_the_service_is_dropped_at_the_top() {
    check("<p><fullname>Amazon <b>S3</b></fullname> <p>a</p>", &["a"]);
    check("a <fullname>B</fullname>", &["a", "", "B"]);
    check("<fullname>a", &["a"]);
    check("<fullname>a</fullname>", &[]);
}

#[test]
fn unknown_tags_are_placeholders_unless_paired() {
    check(
        "arn:<region>:<account-id>/<N> b",
        &["arn:\\<region\\>:\\<account-id\\>/\\<N\\> b"],
    );
    check("a <Role value=\"b\"/> c", &["a \\<Role value=\"b\"/\\> c"]);
    check(
        "<value>a</value> <function>f</function> <x:y>b",
        &["a `f` b"],
    );
    check("a <b", &["a \\<b"]);
    check("a</p> </unknown> b", &["a", "", "\\</unknown\\> b"]);
    check("a<!-- b -->c <![CDATA[d]]>", &["ac d"]);
    check("a < b <1 <= c", &["a < b <1 <= c"]);
}

#[test]
fn text_means_itself() {
    check("*a* `b` [c] d\\*", &["\\*a\\* \\`b\\` \\[c\\] d\\\\\\*"]);
    check("a_b _c_ d_ C:\\dir", &["a_b \\_c\\_ d\\_ C:\\dir"]);
    check(
        "&amp;lt; &amp;#60; R&amp;D a&amp;b;",
        &["\\&lt; \\&#60; R&D a\\&b;"],
    );
    check("~5 a~b ~~c~~", &["~5 a\\~b \\~\\~c\\~\\~"]);
    check(
        "~/a <b>~/a</b> &lt;1@b.c&gt;",
        &["~/a **\\~/a** \\<1@b.c\\>"],
    );
    check("use --flag, a -- b", &["use \\--flag, a -- b"]);
    check("don't | 50% (x) {y} $z", &["don't | 50% (x) {y} $z"]);
}

#[test]
fn line_starts_do_not_start_blocks() {
    for (text, expected) in [
        ("# a", "\\# a"),
        ("#a", "#a"),
        ("- a", "\\- a"),
        ("+ a", "\\+ a"),
        ("-a", "-a"),
        ("* a", "\\* a"),
        ("12) a", "12\\) a"),
        ("2024. A", "2024\\. A"),
        ("1.5 a", "1.5 a"),
        ("&gt; a", "\\> a"),
        ("a &gt; b", "a > b"),
        ("---", "\\---"),
        ("___", "\\_\\_\\_"),
        ("===", "\\==="),
        ("|-|", "\\|-|"),
        ("~~~", "\\~\\~\\~"),
    ] {
        check(text, &[expected]);
        let item = format!("* {expected}");
        check(&format!("<ul><li>{text}</li></ul>"), &[&item]);
    }
    check("a<br>    1. b", &["a", "1\\. b"]);
}

#[test]
fn an_exclamation_mark_before_an_emphasised_link_stays_outside() {
    check(
        "a!<b><a href=\"https://a.b\">t</a></b>",
        &["a\\!**[t](https://a.b)**"],
    );
    check("a <code>b</code><code>\nc</code>", &["a `b c`"]);
}

using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Tests.Core.Requests;

public sealed class MessageMarkdownTests
{
    [Theory]
    [InlineData("Hello,\nhere is the link.", "<p>Hello,<br>here is the link.</p>")]
    [InlineData("One\n\nTwo", "<p>One</p><p>Two</p>")]
    [InlineData("    Indented, not code", "<p>Indented, not code</p>")]
    [InlineData("**bold** and *soft* and `code`", "<p><strong>bold</strong> and <em>soft</em> and <code>code</code></p>")]
    [InlineData("# We need you\ntoday", "<p><strong>We need you</strong></p><p>today</p>")]
    [InlineData("- one\n- two", "<ul><li>one</li><li>two</li></ul>")]
    [InlineData("3. three\n4. four", "<ol start=\"3\"><li>three</li><li>four</li></ol>")]
    [InlineData("> quoted", "<blockquote><p>quoted</p></blockquote>")]
    [InlineData("a & b < c", "<p>a &amp; b &lt; c</p>")]
    public void A_message_reads_as_it_was_meant(string message, string expected) =>
        Assert.Equal(expected, MessageMarkdown.ToHtml(message).Replace("\n", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("[here](https://bakery.example/a?b=1&c=2)", "https://bakery.example/a?b=1&c=2")]
    [InlineData("<https://bakery.example/>", "https://bakery.example/")]
    [InlineData("see https://bakery.example/x now", "https://bakery.example/x")]
    [InlineData("[write](mailto:hello@bakery.example)", "mailto:hello@bakery.example")]
    [InlineData("<hello@bakery.example>", "mailto:hello@bakery.example")]
    [InlineData("![our logo](https://tracker.example/pixel.png)", "https://tracker.example/pixel.png")]
    public void A_web_or_mail_address_becomes_a_link_that_tells_nobody_where_it_was(string message, string address)
    {
        var link = Assert.Single(new HtmlParser().ParseDocument(MessageMarkdown.ToHtml(message)).QuerySelectorAll("a"));

        Assert.Equal(address, link.GetAttribute("href"));
        Assert.Equal(("_blank", "noopener noreferrer nofollow"), (link.GetAttribute("target"), link.GetAttribute("rel")));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("<style>*{display:none}</style>")]
    [InlineData("<div\nonclick=alert(1)>x</div>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](java\tscript:alert(1))")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("[x](data:text/html,<script>alert(1)</script>)")]
    [InlineData("[x](vbscript:msgbox)")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("[x](//evil.example)")]
    [InlineData("[x](https://bakery.example@evil.example/)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("[x]\n\n[x]: javascript:alert(1)")]
    [InlineData("![x](javascript:alert(1))")]
    [InlineData("[x](https://a.example/\"onmouseover=\"alert(1))")]
    [InlineData("[x](https://a.example/ \"onmouseover=alert(1)\")")]
    [InlineData("`<script>alert(1)</script>`")]
    [InlineData("```\n<script>alert(1)</script>\n```")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("# <h1>fake</h1>")]
    public void Nothing_hostile_gets_through(string message)
    {
        foreach (var html in new[] { MessageMarkdown.ToHtml(message), MessageMarkdown.ToMailHtml(message) })
        {
            var body = new HtmlParser().ParseDocument(html).Body!;
            Assert.All(body.QuerySelectorAll("*"), element =>
            {
                Assert.Matches("^(p|br|strong|em|code|ul|ol|li|blockquote|hr|a)$", element.LocalName);
                Assert.All(element.Attributes, a => Assert.Matches("^(href|target|rel|start|style)$", a.Name));
            });
            Assert.All(body.QuerySelectorAll("a"), a => Assert.Matches(new Regex("^(https?://[^@]*|mailto:.*)$"), a.GetAttribute("href")));
        }
    }

    [Theory]
    [InlineData(">", 4000)]
    [InlineData("* ", 2000)]
    [InlineData("[", 4000)]
    [InlineData("![", 2000)]
    [InlineData("**a ", 1000)]
    [InlineData("a\0", 2000)]
    public void A_message_built_to_be_heavy_is_shown_all_the_same(string part, int times) =>
        Assert.NotEmpty(MessageMarkdown.ToHtml(string.Concat(Enumerable.Repeat(part, times)) + "x"));
}

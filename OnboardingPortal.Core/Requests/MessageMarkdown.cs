using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Markdig;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace OnboardingPortal.Core.Requests;

/// <summary>
/// A request's message: Markdown without HTML, written out element by element, so that nothing gets through but what stands here. Headings
/// become bold lines, since the page has its own; pictures become links, since a picture from elsewhere tells who looked; only web and mail
/// addresses are links.
/// </summary>
public sealed class MessageMarkdown
{
    private static readonly MarkdownPipeline Pipeline = MakePipeline();
    private static readonly string[] Schemes = [Uri.UriSchemeHttps, Uri.UriSchemeHttp, Uri.UriSchemeMailto];
    private readonly StringBuilder _out = new();
    private readonly bool _isMail;

    private MessageMarkdown(bool isMail) => _isMail = isMail;

    /// <summary>For pages: elements without attributes; links open beside the page and tell nobody where they were.</summary>
    public static string ToHtml(string message) => new MessageMarkdown(isMail: false).Write(message);

    /// <summary>For mails: the same with styles on the elements, since mail programs drop style sheets.</summary>
    public static string ToMailHtml(string message) => new MessageMarkdown(isMail: true).Write(message);

    private string Write(string message)
    {
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(message, Pipeline);
        }
        catch (ArgumentException)
        {
            // Nested deeper than Markdig follows: no letter looks like that, so it is shown as it was typed.
            return $"<p{Style("margin:0 0 12px 0")}>{Encode(message).ReplaceLineEndings("<br>")}</p>\n";
        }

        Blocks(document);
        return _out.ToString();
    }

    private void Blocks(ContainerBlock blocks)
    {
        foreach (var block in blocks) Block(block);
    }

    private void Block(Block block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                Element("p", "margin:0 0 12px 0", () => Element("strong", "", () => Inlines(heading.Inline)));
                break;
            case ListBlock list:
                var start = list.IsOrdered
                    && int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && first != 1
                        ? $" start=\"{first}\""
                        : "";
                Element(list.IsOrdered ? "ol" : "ul", "margin:0 0 12px 0;padding:0 0 0 24px", () => Blocks(list), start);
                break;
            case ListItemBlock item:
                Element("li", "margin:0 0 4px 0", () => Item(item));
                break;
            case QuoteBlock quote:
                Element("blockquote", "margin:0 0 12px 0;padding:0 0 0 12px;border-left:3px solid #94a3b8", () => Blocks(quote));
                break;
            case ThematicBreakBlock:
                _out.Append("<hr>\n");
                break;
            case CodeBlock code:
                Element("p", "margin:0 0 12px 0",
                    () => Element("code", "", () => _out.Append(Encode(code.Lines.ToString()).ReplaceLineEndings("<br>"))));
                break;
            case LeafBlock { Inline: { } inline }:
                Element("p", "margin:0 0 12px 0", () => Inlines(inline));
                break;
            case LinkReferenceDefinitionGroup:
                break; // addresses that links name: they show nothing
            case ContainerBlock container:
                Blocks(container);
                break;
        }
    }

    private void Item(ListItemBlock item)
    {
        foreach (var block in item)
        {
            if (block is ParagraphBlock { Inline: { } inline } && (item.Parent as ListBlock)?.IsLoose == false) Inlines(inline);
            else Block(block);
        }
    }

    private void Inlines(ContainerInline? inlines)
    {
        foreach (var inline in inlines ?? []) Inline(inline);
    }

    private void Inline(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                _out.Append(Encode(literal.Content.ToString()));
                break;
            case LineBreakInline:
                _out.Append("<br>\n");
                break;
            case CodeInline code:
                Element("code", "", () => _out.Append(Encode(code.Content)));
                break;
            case EmphasisInline emphasis:
                Element(emphasis.DelimiterCount == 2 ? "strong" : "em", "", () => Inlines(emphasis));
                break;
            case HtmlEntityInline entity:
                _out.Append(Encode(entity.Transcoded.ToString()));
                break;
            case AutolinkInline auto:
                Link(auto.IsEmail ? $"mailto:{auto.Url}" : auto.Url, () => _out.Append(Encode(auto.Url)));
                break;
            case LinkInline link:
                Link(link.GetDynamicUrl?.Invoke() ?? link.Url, () =>
                {
                    if (link.FirstChild is null) _out.Append(Encode(link.Url ?? ""));
                    Inlines(link);
                });
                break;
            case HtmlInline html:
                _out.Append(Encode(html.Tag));
                break;
            case ContainerInline container:
                Inlines(container);
                break;
        }
    }

    /// <summary>A link, or its words with the address behind them when no such address may be followed.</summary>
    private void Link(string? address, Action words)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out var target) && Schemes.Contains(target.Scheme)
            && (target.Scheme == Uri.UriSchemeMailto || target.UserInfo.Length == 0))
        {
            Element("a", "color:inherit;text-decoration:underline", words,
                $" href=\"{Encode(target.AbsoluteUri)}\" target=\"_blank\" rel=\"noopener noreferrer nofollow\"");
            return;
        }

        words();
        if (address is { Length: > 0 }) _out.Append(" (").Append(Encode(address)).Append(')');
    }

    private void Element(string name, string mailStyle, Action content, string attributes = "")
    {
        _out.Append('<').Append(name).Append(attributes).Append(Style(mailStyle)).Append('>');
        content();
        _out.Append("</").Append(name).Append('>');
        if (name is "p" or "ul" or "ol" or "li" or "blockquote") _out.Append('\n');
    }

    private string Style(string mailStyle) => _isMail && mailStyle.Length > 0 ? $" style=\"{mailStyle}\"" : "";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static MarkdownPipeline MakePipeline()
    {
        var builder = new MarkdownPipelineBuilder().DisableHtml().UseSoftlineBreakAsHardlineBreak().UseAutoLinks();
        builder.BlockParsers.RemoveAll(parser => parser is IndentedCodeBlockParser); // people indent, they do not mean code
        return builder.Build();
    }
}

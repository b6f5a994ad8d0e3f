using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Mails.Letters;

/// <summary>Makes of a letter the two forms that a mail has, in the language of the running culture.</summary>
public sealed class LetterRenderer(IStringLocalizer<EmailTexts> text, ILoggerFactory loggers)
{
    /// <summary>The letter as it is sent.</summary>
    public async Task<EmailContent> RenderAsync(Letter letter)
    {
        var foot = FootOf(letter);
        return new EmailContent(
            ForeignText.OneLine(letter.Subject), await HtmlAsync(letter, foot, opensLinksBeside: false), TextOf(letter, foot));
    }

    /// <summary>The letter's document for a frame beside a page.</summary>
    public Task<string> PreviewAsync(Letter letter) => HtmlAsync(letter, FootOf(letter), opensLinksBeside: true);

    private async Task<string> HtmlAsync(Letter letter, LetterFoot foot, bool opensLinksBeside)
    {
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(LetterPage.Letter)] = letter,
            [nameof(LetterPage.Foot)] = foot,
            [nameof(LetterPage.OpensLinksBeside)] = opensLinksBeside,
        });
        await using var renderer = new HtmlRenderer(NoServices.Instance, loggers); // it keeps what it rendered: one for each mail
        return await renderer.Dispatcher.InvokeAsync(
            async () => (await renderer.RenderComponentAsync<LetterPage>(parameters)).ToHtmlString());
    }

    private static string TextOf(Letter letter, LetterFoot foot) => string.Join("\r\n",
    [
        letter.Heading, "", letter.Body.PlainText.ReplaceLineEndings("\r\n"), "", .. letter.Notes, "", $"{letter.Button}:",
        letter.Link.AbsoluteUri, "",
        "--", .. foot.Lines, .. foot.Links.Select(link => $"{link.Words}: {link.Address}"), "",
    ]);

    private LetterFoot FootOf(Letter letter)
    {
        var links = new List<(string Words, string Address)>();
        if (letter.StopLink is { } stop) links.Add((text["StopReminders"], stop.AbsoluteUri));
        if (letter.Branding.PrivacyUrl is { } privacy) links.Add((text["Privacy"], privacy));
        if (letter.Branding.ImprintUrl is { } imprint) links.Add((text["Imprint"], imprint));
        return new LetterFoot([.. letter.Footer, .. letter.Branding.FooterText?.Split('\n') ?? []], links);
    }

    /// <summary>The components of mails are given nothing, least of all something of a page.</summary>
    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}

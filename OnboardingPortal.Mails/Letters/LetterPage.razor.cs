using Microsoft.AspNetCore.Components;

namespace OnboardingPortal.Mails.Letters;

/// <summary>A letter as a whole document.</summary>
public sealed partial class LetterPage
{
    /// <summary>
    /// The dark scheme, for mail programs that read style sheets; the rest take the styles on the elements. The same in every mail, so that
    /// pages which show mails can allow it by its hash.
    /// </summary>
    public const string DarkStyle =
        "@media (prefers-color-scheme:dark){.page{background:#0f172a!important;color:#f1f5f9!important}"
        + ".sheet{background:#1e293b!important;border-color:#334155!important}"
        + ".ink{color:#f1f5f9!important}.soft{color:#cbd5e1!important}.line{border-color:#334155!important}"
        + ".logo{background:#ffffff!important;padding:8px!important;border-radius:8px!important}}";

    private const string PageStyle =
        "margin:0;padding:0;background:#f1f5f9;color:#0f172a;"
        + "font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5";

    private const string SheetStyle =
        "width:100%;max-width:600px;table-layout:fixed;background:#ffffff;border:1px solid #e2e8f0;border-radius:10px";

    private const string HeadStyle =
        "padding:24px 24px 0 24px;font-size:14px;font-weight:600;color:#475569;overflow-wrap:anywhere";

    private const string AddressStyle = "padding:12px 24px 24px 24px;font-size:12px;color:#475569;overflow-wrap:anywhere";

    /// <summary>What it says.</summary>
    [Parameter, EditorRequired] public Letter Letter { get; set; } = null!;

    /// <summary>What stands at its foot.</summary>
    [Parameter, EditorRequired] public LetterFoot Foot { get; set; } = null!;

    /// <summary>Whether links open beside the document, as in a preview's frame.</summary>
    [Parameter] public bool OpensLinksBeside { get; set; }

    private string ButtonStyle =>
        $"display:inline-block;background:{Letter.Branding.Colour};color:#ffffff;text-decoration:none;font-weight:600;padding:12px 24px;"
        + "border-radius:8px";
}

/// <summary>The foot of a letter.</summary>
/// <param name="Lines">Why the reader gets it, then what the branding adds.</param>
/// <param name="Links">Words and addresses, in order.</param>
public sealed record LetterFoot(IReadOnlyList<string> Lines, IReadOnlyList<(string Words, string Address)> Links);

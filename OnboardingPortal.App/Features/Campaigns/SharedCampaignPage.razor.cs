using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.Branding;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.Campaigns;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Features.Campaigns;

/// <summary>
/// What a client sees of a draft: what it is, and that nothing runs. Static: who only looks costs no circuit. A POST looks in its handler
/// alone, so that the form finds it even when the draft was deleted while the page lay open.
/// </summary>
public sealed partial class SharedCampaignPage(
    CampaignLinks links, PlatformCatalog platforms, IStringLocalizer<CampaignsText> text, IStringLocalizer<PortalError> errors)
    : ComponentBase
{
    private SharedCampaign? _shown; // null before somebody looked, and when the link leads nowhere
    private bool _isUnknown;
    private bool _isAsked;
    private string? _problem;
    private IReadOnlyDictionary<string, string> _wrong = new Dictionary<string, string>();

    [CascadingParameter] public required HttpContext Http { get; set; }

    [Parameter] public required string Token { get; set; }

    [SupplyParameterFromForm(FormName = "ask", Name = "name")] public string? Name { get; set; }

    [SupplyParameterFromForm(FormName = "ask", Name = "email")] public string? Email { get; set; }

    [SupplyParameterFromForm(FormName = "ask", Name = "question")] public string? Question { get; set; }

    private IStringLocalizer<CampaignsText> Text => text;

    protected override async Task OnInitializedAsync()
    {
        if (!HttpMethods.IsPost(Http.Request.Method)) await LookAsync();
    }

    private async Task LookAsync()
    {
        var found = await links.FindAsync(Token, Http.RequestAborted);
        _shown = found is not null && AgencyHost.Allows(Http, found.Agency) ? found : null;
        _isUnknown = _shown is null;
        if (_isUnknown) Http.AnswerNotFound();
    }

    private async Task AskAsync()
    {
        await LookAsync();
        if (_shown is null) return;
        var refusal = await links.AskAsync(
            Token, new NewCampaignQuestion(Name ?? "", Email ?? "", Question ?? ""), Http.Connection.RemoteIpAddress?.ToString(),
            Http.RequestAborted);
        _isAsked = refusal is null;
        if (refusal is InputRefused refused) _wrong = refused.Fields;
        if (refusal is not null) _problem = refusal is InputRefused ? text["CheckFields"] : errors.For(refusal, platforms);
    }

    private string? WrongWith(string field) => _wrong.ContainsKey(field) ? text[$"Wrong{field}"].Value : null;

    /// <summary>Whether it stands, runs, or is not there.</summary>
    private static string Standing(CampaignDraft draft) => draft.State switch
    {
        CampaignState.Started => "Running",
        CampaignState.Paused => "Paused",
        CampaignState.Gone => "Deleted",
        _ => "NotThere",
    };
}

using System.Globalization;
using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.Campaigns;

namespace OnboardingPortal.App.Features.Campaigns;

public sealed partial class AudienceChoice
{
    /// <summary>Null before the ad account and the Page are chosen.</summary>
    [Parameter, EditorRequired] public IReadOnlyList<CampaignAudience>? Offered { get; set; }

    /// <summary>By their ids.</summary>
    [Parameter, EditorRequired] public IReadOnlyCollection<string> Chosen { get; set; } = [];

    [Parameter, EditorRequired] public EventCallback<IReadOnlyCollection<string>> OnChange { get; set; }

    [Parameter] public string? Problem { get; set; }

    private string? Hint => Offered switch
    {
        null => Text["AudiencesLater"].Value,
        [] => null,
        _ => Text["AudiencesHint"].Value,
    };

    private bool IsChosen(CampaignAudience audience) => audience.Id is { } id && Chosen.Contains(id);

    private Task ChooseAsync(CampaignAudience audience, bool isOn) =>
        OnChange.InvokeAsync(isOn ? [.. Chosen, audience.Id!] : [.. Chosen.Where(id => id != audience.Id)]);

    private string About(CampaignAudience audience) => audience switch
    {
        { State: CampaignAudienceState.Ready, SizeFrom: { } from, SizeTo: { } to } =>
            Text["AudienceReady", from.ToString("N0", CultureInfo.CurrentCulture), to.ToString("N0", CultureInfo.CurrentCulture)],
        { State: CampaignAudienceState.Ready } => Text["AudienceUnknown"],
        _ => Text[$"Audience{audience.State}"],
    };
}

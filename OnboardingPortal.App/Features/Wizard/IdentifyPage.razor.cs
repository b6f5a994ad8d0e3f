using Microsoft.AspNetCore.Components;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Wizard;

/// <summary>Asks who is there, and exchanges the link for a cookie: from here on the address holds no secret.</summary>
public sealed partial class IdentifyPage(LinkService links, ParticipantCookie participants, NavigationManager navigation)
    : LinkPage(links, participants, navigation)
{
    private readonly ParticipantCookie _participants = participants;
    private IReadOnlyDictionary<string, string> _wrong = new Dictionary<string, string>();

    [SupplyParameterFromForm(FormName = "identify", Name = "name")] public string? Name { get; set; }

    [SupplyParameterFromForm(FormName = "identify", Name = "email")] public string? Email { get; set; }

    private async Task IdentifyAsync()
    {
        await LookAsync(); // sends anybody who pressed twice, or went back, to where they were
        if (Landing is not { } landing) return;
        var identified = await Links.IdentifyAsync(Visit, new Visitor(Name ?? "", Email ?? ""), Address, Http.RequestAborted);
        if (identified.Succeeded)
        {
            _participants.Write(Http, identified.Value, landing.ExpiresAt);
            Navigation.NavigateTo($"/onboarding/{identified.Value.Request}");
        }
        else if (identified.Error is InputRefused refused)
        {
            _wrong = refused.Fields;
        }
        else
        {
            Landing = null;
            Show(identified.Error);
        }
    }

    private string? WrongWith(string field) => _wrong.GetValueOrDefault(field);
}

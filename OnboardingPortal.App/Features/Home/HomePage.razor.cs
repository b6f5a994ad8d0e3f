using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.Hub;
using OnboardingPortal.App.Layout;
using OnboardingPortal.App.Shared;
using OnboardingPortal.Core.DataSync;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Core.Work;

namespace OnboardingPortal.App.Features.Home;

/// <summary>The first page: what leads to the first completed request, and once there is one, what needs a hand; live.</summary>
public sealed partial class HomePage(
    PortalPageServices services, HomeReader home, RequestFeed feed, SyncService syncs, HubWords words, TimeProvider clock,
    IStringLocalizer<HomeText> text)
    : FollowingPage(services, feed)
{
    private readonly IStringLocalizer<HomeText> _text = text;
    private HomeView? _view;
    private IReadOnlyList<NeedLine> _needs = [];
    private DateTimeOffset _now;

    [CascadingParameter] private ShellFacts? Shell { get; set; }

    protected override async Task ReadAsync(AgencyCaller caller)
    {
        var view = await home.ReadAsync(caller, Leaving);
        _needs = words.For(view.Hub.Needs, await syncs.ListWaitingAsync(caller, Leaving));
        _view = view;
        _now = clock.GetUtcNow();
    }

    /// <summary>Where to look at what a round fails of; null where there is no such page.</summary>
    private static string? AddressOf(StandingTrouble trouble) => trouble.Round switch
    {
        RoundKind.Verification or RoundKind.Assignment or RoundKind.Expiry or RoundKind.Reminder when long.TryParse(
            trouble.Item, out var request) => $"/collaboration/requests/{request}",
        RoundKind.FacebookUserCheck => "/settings/facebook",
        RoundKind.AccountCheck => "/settings/data-sync-accounts",
        RoundKind.ApiKeyNotice => "/settings/api",
        RoundKind.OwnHost => "/settings/white-label",
        RoundKind.Webhook => "/settings/webhooks",
        _ => null,
    };

    private string Sentence(string key, int count) => count switch
    {
        0 => _text[$"{key}None"],
        1 => _text[$"{key}One"],
        _ => _text[$"{key}Many", count.ToString("N0", CultureInfo.CurrentCulture)],
    };
}

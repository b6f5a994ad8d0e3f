using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Security;
using OnboardingPortal.Core.Platforms.Facebook;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Home;

/// <summary>The first page: what is open, and where to go. Static, since nothing on it moves.</summary>
public sealed partial class HomePage(CurrentCaller caller, RequestTable table, AgencyFacebookService facebook, IStringLocalizer<HomeText> text) : ComponentBase
{
    private readonly IStringLocalizer<HomeText> _text = text;
    private string _name = "";
    private int _pending;
    private int _facebookUsers;
    private int _signInAgain;

    protected override async Task OnInitializedAsync()
    {
        var me = await caller.GetAsync(CancellationToken.None);
        _name = me.Name;
        _pending = await table.CountAsync(me.Scope, null, RequestStatus.Pending, CancellationToken.None);
        var users = await facebook.ListAsync(me.Agency, CancellationToken.None);
        (_facebookUsers, _signInAgain) = (users.Count, users.Count(u => u.Failure is not null));
    }

    private string Sentence(string key, int count) => count switch
    {
        0 => _text[$"{key}None"],
        1 => _text[$"{key}One"],
        _ => _text[$"{key}Many", count.ToString("N0", CultureInfo.CurrentCulture) + (count == RequestTable.MostCounted ? "+" : "")],
    };
}

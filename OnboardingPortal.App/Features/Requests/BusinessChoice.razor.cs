using System.Linq.Expressions;
using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Platforms.Facebook;

namespace OnboardingPortal.App.Features.Requests;

public sealed partial class BusinessChoice
{
    [Parameter, EditorRequired] public IReadOnlyList<FacebookUserSummary> Users { get; set; } = [];

    [Parameter, EditorRequired] public FacebookUserSummary? User { get; set; }

    [Parameter, EditorRequired] public string? Business { get; set; }

    /// <summary>Whether the caller may connect a Facebook user.</summary>
    [Parameter, EditorRequired] public bool CanConnect { get; set; }

    /// <summary>Under which name the form's rules judge the Facebook user; null = they do not.</summary>
    [Parameter] public Expression<Func<AgencyFacebookUserId?>>? UserFor { get; set; }

    /// <summary>Under which name the form's rules judge the Business Manager; null = they do not.</summary>
    [Parameter] public Expression<Func<string?>>? BusinessFor { get; set; }

    [Parameter, EditorRequired] public EventCallback<FacebookUserSummary?> OnUser { get; set; }

    [Parameter, EditorRequired] public EventCallback<string?> OnBusiness { get; set; }

    private IEnumerable<BusinessManager> Businesses =>
        User is null ? [] : User.BusinessManagers.OrderByDescending(b => b.IsAdmin).ThenBy(b => b.Name, StringComparer.CurrentCulture);

    private FacebookUserSummary? Find(AgencyFacebookUserId? id) => Users.FirstOrDefault(u => u.Id == id);

    private Task ChooseAsync(AgencyFacebookUserId? id) => OnUser.InvokeAsync(Find(id));

    private string? NameOf(string? id) => User?.BusinessManagers.FirstOrDefault(b => b.ExternalId == id)?.Name;
}

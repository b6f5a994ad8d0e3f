using System.Linq.Expressions;
using Microsoft.AspNetCore.Components;
using OnboardingPortal.Core.Agencies;

namespace OnboardingPortal.App.Features.Collaboration;

public sealed partial class MailedPeopleChoice
{
    private bool _startsOpen;

    [Parameter, EditorRequired] public string Id { get; set; } = "";

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    [Parameter, EditorRequired] public string Hint { get; set; } = "";

    [Parameter, EditorRequired] public IReadOnlyList<MailedUser> Users { get; set; } = [];

    [Parameter, EditorRequired] public MailedChoice Choice { get; set; } = null!;

    /// <summary>Further addresses, as typed.</summary>
    [Parameter] public string Addresses { get; set; } = "";

    [Parameter] public EventCallback<string> AddressesChanged { get; set; }

    [Parameter] public Expression<Func<string>>? AddressesExpression { get; set; }

    /// <summary>The name under which the form's rules judge the addresses.</summary>
    [Parameter, EditorRequired] public string Field { get; set; } = "";

    protected override void OnInitialized() => _startsOpen = Choice.Users.Count > 0;
}

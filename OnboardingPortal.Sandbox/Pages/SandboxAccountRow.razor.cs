using Microsoft.AspNetCore.Components;

namespace OnboardingPortal.Sandbox.Pages;

public sealed partial class SandboxAccountRow
{
    private static readonly (string Action, string Text)[] Common =
        [("expire", "Expire token"), ("revoke", "Revoke access"), ("fail", "Fail the next 3 calls")];

    [Parameter, EditorRequired] public required ConnectedAccount Account { get; set; }

    private IEnumerable<(string Action, string Text)> Actions =>
        Person is { } person && StandIns.Find(Account.Platform) is { HasContacts: true }
            ? Common.Append(("contacts", Lists.IsLater(person) ? "Change the contacts back" : "Change 1 % of the contacts"))
            : Common;

    private SandboxPerson? Person => StandIns.FindPerson(Account.Platform, Account.Person);

    private string Name => Person?.Name ?? Account.Person;

    private string? Platform => StandIns.Find(Account.Platform)?.Name;

    private string State => Account switch
    {
        { Health: TokenHealth.Revoked } => "Access revoked",
        { Health: TokenHealth.Expired } => "Token expired",
        { FailingCalls: 1 } => "Works, but the next call fails",
        { FailingCalls: > 1 } => $"Works, but the next {Account.FailingCalls} calls fail",
        _ => "Works",
    };
}

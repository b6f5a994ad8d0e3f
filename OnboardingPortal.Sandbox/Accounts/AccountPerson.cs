namespace OnboardingPortal.Sandbox.Accounts;

/// <summary>A test person with one account full of contacts, which are <see cref="Contacts.SandboxContactLists"/>.</summary>
public sealed record AccountPerson(
    int Number, string Account, string Platform, string Key, string Name, string Email, string Shows, SandboxBehaviour Behaviour)
    : SandboxPerson(Platform, Key, Name, Email, Shows, Behaviour)
{
    public override string AccountName => Account;
}

namespace OnboardingPortal.Sandbox.Contacts;

/// <summary>Somebody in an account at a stand-in platform. The cells hold what people type, hence also what is no good.</summary>
/// <param name="Number">Their number in the account, from 1; the same at each reading.</param>
/// <param name="FirstName">In any script.</param>
/// <param name="LastName">In any script.</param>
/// <param name="Address">Their own e-mail address, for platforms that take no other and no second contact of the same one.</param>
/// <param name="Email">The cell for the e-mail address: sometimes bad, sometimes that of somebody else in the account.</param>
/// <param name="Phone">International, or as within the country; sometimes empty or bad.</param>
/// <param name="Street">Street and house number.</param>
/// <param name="Street2">A floor or the like; often empty.</param>
/// <param name="City">In any script.</param>
/// <param name="State">In any script; empty where addresses have none.</param>
/// <param name="PostalCode">As the country writes it; sometimes bad.</param>
/// <param name="Country">A name in some language or a code.</param>
/// <param name="Birthday">Null where it is not known.</param>
/// <param name="Gender">A word or a letter; empty where it is not known.</param>
/// <param name="Status">Whether they may be written to.</param>
/// <param name="ChangedAt">When the contact was changed last.</param>
public sealed record SandboxContact(
    int Number, string FirstName, string LastName, string Address, string Email, string Phone, string Street, string Street2, string City,
    string State, string PostalCode, string Country, DateOnly? Birthday, string Gender, ContactState Status, DateTimeOffset ChangedAt)
{
    /// <summary>Whether they want no messages.</summary>
    public bool IsOptedOut => Status == ContactState.OptedOut;
}

/// <summary>Whether somebody may be written to. Platforms without mail know the first two only.</summary>
public enum ContactState
{
    Active,
    OptedOut,
    Bounced,
    Unconfirmed,
}

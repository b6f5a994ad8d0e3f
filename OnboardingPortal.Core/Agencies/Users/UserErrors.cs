namespace OnboardingPortal.Core.Agencies;

/// <summary>No such user in the caller's agency: never was, or removed meanwhile.</summary>
public sealed record UserNotFound : PortalError;

/// <summary>Nobody takes rights away from themselves: so a main user is always left.</summary>
public sealed record OwnUserRefused : PortalError;

/// <summary>The user owns the agency and must hand it over first.</summary>
/// <param name="Name">The owner's name.</param>
public sealed record OwnerProtected(string Name) : PortalError
{
    /// <summary><c>{0}</c>: the owner's name.</summary>
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>Requests can be handed over to another user who can sign in, and to nobody else.</summary>
public sealed record HeirRefused : PortalError;

/// <summary>Only the owner hands the agency over.</summary>
/// <param name="Name">The owner's name.</param>
public sealed record OwnershipRefused(string Name) : PortalError
{
    /// <summary><c>{0}</c>: the owner's name.</summary>
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>An owner must be a main user who can sign in.</summary>
public sealed record NewOwnerRefused : PortalError;

/// <summary>Who asks others for a second factor needs one first, or they would lock themselves out.</summary>
public sealed record SecondFactorMissing : PortalError;

/// <summary>The address belongs to a user of the agency already.</summary>
public sealed record AlreadyUser : PortalError;

/// <summary>The address has an invitation that is neither accepted nor cancelled.</summary>
public sealed record AlreadyInvited : PortalError;

/// <summary>No invitation of the caller's agency waits under this id: accepted, cancelled, or never there.</summary>
public sealed record InvitationNotFound : PortalError;

/// <summary>No invitation has this link: mistyped, or a newer mail replaced it.</summary>
public sealed record InvitationUnknown : PortalError;

/// <summary>The link was used: its user exists.</summary>
public sealed record InvitationUsed : PortalError;

/// <summary>The invitation was taken back.</summary>
/// <param name="ByName">Who invited.</param>
/// <param name="AgencyName">The agency that invited.</param>
public sealed record InvitationCancelled(string ByName, string AgencyName) : PortalError
{
    /// <summary><c>{0}</c>: who invited; <c>{1}</c>: the agency.</summary>
    public override IReadOnlyList<object> Arguments => [ByName, AgencyName];
}

/// <summary>The link's time ran out.</summary>
/// <param name="ByName">Who invited.</param>
/// <param name="AgencyName">The agency that invited.</param>
public sealed record InvitationExpired(string ByName, string AgencyName) : PortalError
{
    /// <summary><c>{0}</c>: who invited; <c>{1}</c>: the agency.</summary>
    public override IReadOnlyList<object> Arguments => [ByName, AgencyName];
}

/// <summary>The address signs in for another agency already. Said only to anybody who holds the link, never to the inviter.</summary>
/// <param name="Email">The address.</param>
/// <param name="ByName">Who invited.</param>
/// <param name="AgencyName">The agency that invited.</param>
public sealed record InvitationAddressTaken(string Email, string ByName, string AgencyName) : PortalError
{
    /// <summary><c>{0}</c>: the address; <c>{1}</c>: who invited; <c>{2}</c>: the agency.</summary>
    public override IReadOnlyList<object> Arguments => [Email, ByName, AgencyName];
}

/// <summary>The link to a new password is too old, was used, or is none.</summary>
public sealed record ResetLinkDead : PortalError;

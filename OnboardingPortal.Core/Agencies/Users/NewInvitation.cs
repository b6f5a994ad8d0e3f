using FluentValidation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace OnboardingPortal.Core.Agencies;

/// <summary>Whom a main user invites.</summary>
/// <param name="Email">One bare address, which becomes the user's.</param>
/// <param name="Role">What they will be.</param>
public sealed record NewInvitation(string Email, AgencyRole Role);

/// <summary>The rules of <see cref="NewInvitation"/>.</summary>
public sealed class NewInvitationValidator : AbstractValidator<NewInvitation>
{
    /// <summary>Builds the rules.</summary>
    public NewInvitationValidator(IStringLocalizer<PersonWords> text)
    {
        RuleFor(i => i.Email).Must(EmailAddress.IsOne).WithMessage(_ => text["EmailWrong"]);
        RuleFor(i => i.Role).IsInEnum();
    }
}

/// <summary>What somebody invited says of themselves.</summary>
/// <param name="Name">Their name, for colleagues and clients.</param>
/// <param name="Password">Their password; at least as long as Identity's options say.</param>
public sealed record NewMember(string Name, string Password);

/// <summary>The rules of <see cref="NewMember"/>.</summary>
public sealed class NewMemberValidator : AbstractValidator<NewMember>
{
    /// <summary>Builds the rules.</summary>
    public NewMemberValidator(IStringLocalizer<PersonWords> text, IOptions<IdentityOptions> identity)
    {
        RuleFor(m => m.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => text["NameMissing"]);
        RuleFor(m => m.Name).MaximumLength(AgencyUser.DisplayNameMaxLength)
            .WithMessage(_ => text["NameTooLong", AgencyUser.DisplayNameMaxLength]);
        RuleFor(m => m.Name).Must(BrandingValidator.IsOneLine).WithMessage(_ => text["NameControl"]);
        RuleFor(m => m.Password).Must(NewPasswordValidator.IsLongEnough(identity))
            .WithMessage(_ => NewPasswordValidator.TooShort(text, identity));
        RuleFor(m => m.Password).Must((member, password) => !CommonPasswords.Has(password, member.Name))
            .WithMessage(_ => text["PasswordCommon"]);
    }
}

/// <summary>A password to be set.</summary>
/// <param name="Password">As typed.</param>
public sealed record NewPassword(string Password);

/// <summary>The rules of passwords: long enough, as Identity's options say, and none of those that are tried first.</summary>
public sealed class NewPasswordValidator : AbstractValidator<NewPassword>
{
    /// <summary>Builds the rules.</summary>
    public NewPasswordValidator(IStringLocalizer<PersonWords> text, IOptions<IdentityOptions> identity)
    {
        RuleFor(p => p.Password).Must(IsLongEnough(identity)).WithMessage(_ => TooShort(text, identity));
        RuleFor(p => p.Password).Must(password => !CommonPasswords.Has(password)).WithMessage(_ => text["PasswordCommon"]);
    }

    internal static Func<string?, bool> IsLongEnough(IOptions<IdentityOptions> identity) =>
        password => password?.Length >= identity.Value.Password.RequiredLength;

    internal static string TooShort(IStringLocalizer<PersonWords> text, IOptions<IdentityOptions> identity) =>
        text["PasswordTooShort", identity.Value.Password.RequiredLength];
}

/// <summary>An invitation that waits for its answer, as main users see it.</summary>
/// <param name="Id">The invitation's id.</param>
/// <param name="Email">Who is invited.</param>
/// <param name="Role">What they will be.</param>
/// <param name="InvitedByName">Who invited them.</param>
/// <param name="SentAt">When it was last sent, UTC.</param>
/// <param name="ExpiresAt">When its link dies or died, UTC.</param>
/// <param name="IsOpen">Whether the link still works.</param>
public sealed record InvitationSummary(
    InvitationId Id, string Email, AgencyRole Role, string InvitedByName, DateTimeOffset SentAt, DateTimeOffset ExpiresAt, bool IsOpen);

/// <summary>What somebody invited sees before they join.</summary>
/// <param name="AgencyName">Who invites.</param>
/// <param name="Email">Which address they will sign in with.</param>
/// <param name="InvitedByName">The main user who invited them.</param>
/// <param name="Role">What they will be.</param>
/// <param name="ExpiresAt">When the link dies, UTC.</param>
public sealed record InvitationLanding(string AgencyName, string Email, string InvitedByName, AgencyRole Role, DateTimeOffset ExpiresAt);

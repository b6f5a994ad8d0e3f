using System.Globalization;
using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Features.Requests;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.App.Features.Audit;

/// <summary>Events as sentences.</summary>
public sealed class EventWords(IStringLocalizer<AuditText> text, IStringLocalizer<RequestsText> reasons, PlatformCatalog platforms)
{
    /// <summary>What happened and who did it; plain text, to be encoded.</summary>
    public string For(AuditEvent happened)
    {
        var platform = happened.Platform is { } key ? platforms.NameOf(key) : "";
        var who = happened.ActorName.Length > 0
            ? happened.ActorName
            : text[happened.ActorKind == ActorKind.System ? "ThePortal" : "Somebody"].Value;
        var (sentence, detail) = happened switch
        {
            { Kind: AuditKind.SignInFailed } when Enum.TryParse<PlatformFailureKind>(happened.Detail, out var failure) =>
                (NameOf(happened), reasons[$"Why{failure}", platform].Value),
            { Kind: AuditKind.RequestSent, ActorKind: ActorKind.System } => ("EventReminded", happened.Detail ?? ""),
            { Kind: AuditKind.LinkReplaced or AuditKind.LinkOpened or AuditKind.RequestViewed, Detail: { } recipient } =>
                ($"{NameOf(happened)}Of", recipient),
            { Kind: AuditKind.PlatformDeclined, Detail: { } why } => (why.Length == 0
                ? "EventPlatformNotAllowed"
                : "EventPlatformNotAllowedBecause", why),
            { Kind: AuditKind.UserRoleChanged, Detail: { } change } => RoleChange(change),
            { Kind: AuditKind.BrandingChanged or AuditKind.SettingsChanged, Detail: { } fields } =>
                (NameOf(happened), string.Join(", ", fields.Split(", ").Select(FieldOf))),
            { Kind: AuditKind.RequestChanged, Detail: { } changed } => (NameOf(happened), For(RequestDifference.Read(changed))),
            { Kind: AuditKind.ChainBroken } when AuditFinding.Read(happened.Detail) is { } finding
                && !text[NameOf(happened) + finding.Kind].ResourceNotFound =>
                (NameOf(happened) + finding.Kind, finding.Sequence.ToString("N0", CultureInfo.CurrentCulture)),
            { Kind: AuditKind.SettingsChanged } => ("EventSettingsChangedSomehow", ""), // from before it was noted which
            _ => (NameOf(happened), happened.Detail ?? ""),
        };
        return text[sentence, detail, platform, who];
    }

    private static string NameOf(AuditEvent happened) => $"Event{happened.Kind}";

    /// <summary>A user and the role they got: the sentence for the role, and the user's name, which may hold colons of its own.</summary>
    private static (string Sentence, string Name) RoleChange(string detail)
    {
        var end = detail.LastIndexOf(": ", StringComparison.Ordinal);
        return end >= 0 && Enum.TryParse<AgencyRole>(detail[(end + 2)..], out var role)
            ? ($"EventMade{role}", detail[..end])
            : ("EventUserRoleChanged", detail);
    }

    private string FieldOf(string name) => text[$"Field{name}"] is { ResourceNotFound: false } words ? words : name;

    private string For(RequestDifference difference)
    {
        List<string> parts = [];
        if (difference.Message) parts.Add(text["ChangedMessage"]);
        parts.AddRange(difference.Added.Select(p => text["ChangedAdded", platforms.NameOf(p)].Value));
        parts.AddRange(difference.Removed.Select(p => text["ChangedRemoved", platforms.NameOf(p)].Value));
        if (difference.Business is { } business) parts.Add(text["ChangedBusiness", business]);
        return string.Join(", ", parts);
    }
}

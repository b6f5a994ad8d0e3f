using Microsoft.Extensions.Localization;
using OnboardingPortal.App.Components.Requests;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.App.Components.Audit;

/// <summary>Events as sentences.</summary>
public sealed class EventWords(IStringLocalizer<AuditText> text, IStringLocalizer<RequestsText> reasons, PlatformCatalog platforms)
{
    /// <summary>What happened and who did it; plain text, to be encoded.</summary>
    public string For(AuditEvent happened)
    {
        var platform = happened.Platform is { } key ? platforms.NameOf(key) : "";
        var who = happened.ActorName.Length > 0 ? happened.ActorName : text[happened.ActorKind == ActorKind.System ? "ThePortal" : "Somebody"].Value;
        var detail = happened.Kind == AuditKind.SignInFailed && Enum.TryParse<PlatformFailureKind>(happened.Detail, out var failure)
            ? reasons[$"Why{failure}", platform].Value
            : happened.Detail ?? "";
        var isReminder = happened is { Kind: AuditKind.RequestSent, ActorKind: ActorKind.System };
        return text[isReminder ? "EventReminded" : $"Event{happened.Kind}", detail, platform, who];
    }
}

using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;
using OnboardingPortal.Mails.Letters;

namespace OnboardingPortal.Mails.Requests;

/// <summary>What was granted of a request and what was not: found, and put into words.</summary>
internal sealed class Outcomes(
    PortalDbContextFactory contexts, PlatformCatalog platforms, PortalAddress address, IStringLocalizer<EmailTexts> text)
{
    /// <summary>How many accounts or assets of one kind are named.</summary>
    private const int MaxNamed = 20;

    /// <summary>The request that a mail belongs to, with all that came of it; null when it is deleted.</summary>
    public async Task<OnboardingRequest?> FindAsync(QueuedMail mail, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(mail.Message.AgencyId);
        return await db.Requests.AsNoTracking().Include(r => r.Participants).Include(r => r.Connections).ThenInclude(c => c.Assets)
            .AsSplitQuery()
            .SingleOrDefaultAsync(r => r.Id == mail.Message.RequestId && r.Status != RequestStatus.Deleted, cancellationToken);
    }

    /// <summary>Of how many platforms the agency can use something, and how many the request asked for.</summary>
    public static (int Granted, int All) Count(OnboardingRequest request)
    {
        var outcomes = request.ListOutcomes();
        return (outcomes.Count(o => o.Standing == PlatformStanding.Granted), outcomes.Count);
    }

    /// <summary>The letter that tells of them.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="request">The request.</param>
    /// <param name="subject">The subject line.</param>
    /// <param name="heading">The heading.</param>
    /// <param name="lead">Stands above the outcomes.</param>
    /// <param name="open">Says of a platform that nothing came of it.</param>
    public Letter Write(QueuedMail mail, OnboardingRequest request, string subject, string heading, string lead, string open) => new(
        new EmailBranding(mail.Agency.Name), subject, heading,
        new OutcomeList(lead, [.. request.ListOutcomes().Select(outcome => LinesOf(outcome, open))]),
        text["CompletedButton"], address.OfRequest(request.Id))
    {
        Notes = [text.SentTo(request.FirstRecipient)],
        Footer = [text["SettingsReason", mail.Agency.Name]],
    };

    private PlatformLines LinesOf(PlatformOutcome outcome, string open)
    {
        var name = platforms.NameOf(outcome.Platform);
        return new PlatformLines(name, [.. LinesOf(name, outcome, open)]);
    }

    /// <summary>What came of a platform, a line for each kind of outcome.</summary>
    private IEnumerable<string> LinesOf(string platform, PlatformOutcome outcome, string open)
    {
        if (outcome.Granted.Count > 0) yield return $"✓ {text["OutcomeGranted", Named(outcome.Granted)]}";
        foreach (var kind in outcome.Waiting.GroupBy(
            w => w is { State: AssetState.AwaitingClient, Way: AssetWay.Request } ? "Requested" : $"{w.State}"))
        {
            yield return $"… {text[$"Outcome{kind.Key}", Named([.. kind.Select(w => w.Name)]), platform]}";
        }

        if (outcome.Problems.Count > 0) yield return $"✕ {text["OutcomeProblem", Named([.. outcome.Problems.Select(p => p.Name)])]}";
        if (outcome.Standing is PlatformStanding.Declined) yield return $"– {DeclinedOf(outcome)}";
        else if (outcome is { Standing: PlatformStanding.Open, Problems.Count: 0 }) yield return $"– {open}";
    }

    private string DeclinedOf(PlatformOutcome outcome)
    {
        if (outcome.Declined == DeclineReason.NotUsed) return text["OutcomeNotUsed"];
        if (outcome.DeclineText is not { } why) return text["OutcomeNotAllowed"];
        return text["OutcomeNotAllowedBecause", string.Join(' ', why.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
    }

    private string Named(IReadOnlyList<string> names) => names.Count <= MaxNamed
        ? string.Join(", ", names)
        : text["OutcomeMore", string.Join(", ", names.Take(MaxNamed)), names.Count - MaxNamed];
}

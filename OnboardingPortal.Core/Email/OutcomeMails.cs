using System.Text.Encodings.Web;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Connections;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;
using OnboardingPortal.Core.Requests;

namespace OnboardingPortal.Core.Email;

/// <summary>What the mail about a finished part is made of.</summary>
/// <param name="Facts">The request.</param>
/// <param name="Who">Who did their part; hostile text.</param>
internal sealed record PartDoneFacts(EmailFacts Facts, string Who);

/// <summary>Finds what the mails say that tell what was granted and what was not.</summary>
internal static class OutcomeMails
{
    /// <summary>A request with all that came of it; null when it is deleted.</summary>
    public static async Task<EmailFacts?> FindAsync(
        PortalDbContext db, EmailMessage mail, Agency agency, PlatformCatalog platforms, PortalAddress address,
        CancellationToken cancellationToken)
    {
        var request = await db.Requests.AsNoTracking().Include(r => r.Participants).Include(r => r.Connections).ThenInclude(c => c.Assets)
            .AsSplitQuery()
            .SingleOrDefaultAsync(r => r.Id == mail.RequestId && r.Status != RequestStatus.Deleted, cancellationToken);
        return request is null
            ? null
            : new EmailFacts(
                agency.Name, request, [.. request.Platforms.Select(p => platforms.NameOf(p.Platform))],
                new Uri(address.Public, $"collaboration/requests/{request.Id}"));
    }

    /// <summary>The finished part, or null once the request is over: then another mail says what came of it.</summary>
    public static PartDoneFacts? PartOf(EmailMessage mail, EmailFacts facts) =>
        facts.Request.Status is RequestStatus.Pending or RequestStatus.Expired
        && facts.Request.Participants.FirstOrDefault(p => p.Id == mail.About.As<ParticipantId>()) is { } participant
            ? new PartDoneFacts(facts, participant.Name)
            : null;
}

public sealed partial class EmailRenderer
{
    /// <summary>How many accounts or assets of one kind are named.</summary>
    private const int MostNamed = 20;

    /// <summary>Renders the mail about a finished part.</summary>
    internal EmailContent Render(string language, PartDoneFacts part) => In(language, () =>
    {
        var (granted, all) = GrantedOf(part.Facts);
        return Outcomes(
            part.Facts, text["PartDoneSubject", granted, all, part.Who], text["PartDoneHeading", part.Who],
            text["PartDoneLead", granted, all], text["PartDoneNext"],
            text["OutcomeOpen"]);
    });

    private EmailContent Completed(EmailFacts facts)
    {
        var (who, (granted, all)) = (facts.Request.CompletedByName!, GrantedOf(facts));
        var subject = granted == all ? text["CompletedSubject", who] : text["CompletedPartlySubject", granted, all, who];
        var lead = granted == all
            ? text["CompletedGranted"]
            : granted == 0 ? text["CompletedNothing"] : text["CompletedPartly", granted, all];
        return Outcomes(facts, subject, text["CompletedHeading", who], lead, null, text["OutcomeNothing"]);
    }

    /// <summary>Of how many platforms the agency can use something, and how many it asked for.</summary>
    private static (int Granted, int All) GrantedOf(EmailFacts facts)
    {
        var outcomes = facts.Request.ListOutcomes();
        return (outcomes.Count(o => o.Standing == PlatformStanding.Granted), outcomes.Count);
    }

    private EmailContent Outcomes(EmailFacts facts, string subject, string heading, string lead, string? next, string open)
    {
        var platforms = facts.PlatformNames.Zip(
            facts.Request.ListOutcomes(), (name, outcome) => (Name: name, Lines: LinesOf(name, outcome, open).ToList())).ToList();
        Func<string, string> encode = HtmlEncoder.Default.Encode;
        var html = $"<p style=\"margin:0 0 4px 0\">{encode(lead)}</p>\n" + string.Concat(platforms.Select(p =>
            $"<p style=\"margin:16px 0 2px 0;font-weight:600\">{encode(p.Name)}</p>\n"
            + string.Concat(p.Lines.Select(l => $"<p style=\"margin:0 0 2px 0\">{encode(l)}</p>\n"))));
        var plain = string.Join('\n', [lead, .. platforms.SelectMany(p => new[] { "", p.Name }.Concat(p.Lines.Select(l => $"  {l}")))]);
        List<string> notes = [
            text["CompletedRecipient", facts.Request.FirstRecipient is { Length: > 0 } to ? to : text["CompletedByLink"].Value]
        ];
        if (next is not null) notes.Insert(0, next);
        return EmailLayout.Compose(
            new EmailLook(facts.AgencyName),
            new EmailParts(
                subject, heading, html, plain, notes, text["CompletedButton"], facts.Link,
                [text["SettingsReason", facts.AgencyName]]), text);
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

        if (outcome.Problems.Count > 0) yield return $"✕ {text["OutcomeProblem", Named(outcome.Problems)]}";
        if (outcome.Standing is PlatformStanding.Declined)
        {
            yield return $"– {(outcome.Declined == DeclineReason.NotUsed ? text["OutcomeNotUsed"] : outcome.DeclineText is { } why ? text["OutcomeNotAllowedBecause", OneLine(why)] : text["OutcomeNotAllowed"])}";
        }
        else if (outcome is { Standing: PlatformStanding.Open, Problems.Count: 0 })
        {
            yield return $"– {open}";
        }

        static string OneLine(string words) => string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private string Named(IReadOnlyList<string> names) => names.Count <= MostNamed
        ? string.Join(", ", names)
        : text["OutcomeMore", string.Join(", ", names.Take(MostNamed)), names.Count - MostNamed];
}

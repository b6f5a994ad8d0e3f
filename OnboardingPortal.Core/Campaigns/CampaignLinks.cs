using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using OnboardingPortal.Core.Agencies;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>
/// The page of a draft that a client sees, under a secret link of its own: 256 bits, found again by their SHA-256, copied again from a
/// protected copy. It shows and asks; it changes nothing of the draft.
/// </summary>
public sealed class CampaignLinks(
    PortalDbContextFactory contexts, IDataProtectionProvider protection, ClientBrands brands, OutboxSignal outbox, TimeProvider clock)
{
    /// <summary>The most questions about one draft in a day.</summary>
    public const int MaxQuestions = 10;

    private readonly IDataProtector _protector = protection.CreateProtector("OnboardingPortal.CampaignLink.v1");

    /// <summary>What a link shows; null when nobody has it, or the draft was deleted.</summary>
    public async Task<SharedCampaign?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (await FindDraftAsync(token, cancellationToken) is not { } draft) return null;
        var brand = await brands.FindAsync(draft.AgencyId, cancellationToken);
        return new SharedCampaign(draft.AgencyId, brand.Name, draft);
    }

    /// <summary>The agency of a link; null when nobody has it. To show its looks, and to keep it to its host.</summary>
    public async Task<AgencyId?> FindAgencyAsync(string token, CancellationToken cancellationToken) =>
        (await FindDraftAsync(token, cancellationToken))?.AgencyId;

    /// <summary>Keeps a question and mails it to who drafted, or to the main users where they are gone.</summary>
    /// <param name="token">The link's.</param>
    /// <param name="question">Who asks what.</param>
    /// <param name="address">Their network address, for the audit trail; null when unknown.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null, <see cref="CampaignNotFound"/>, <see cref="InputRefused"/> or <see cref="CampaignAskedTooOften"/>.</returns>
    public async Task<PortalError?> AskAsync(
        string token, NewCampaignQuestion question, string? address, CancellationToken cancellationToken)
    {
        if (await FindDraftAsync(token, cancellationToken) is not { } draft) return new CampaignNotFound();
        question = new NewCampaignQuestion(
            ForeignText.OneLine(question.Name ?? "").Trim(), EmailAddress.Tidy(question.Email), ForeignText.Readable(question.Text ?? ""));
        var rules = await new NewCampaignQuestionValidator().ValidateAsync(question, cancellationToken);
        if (!rules.IsValid) return InputRefused.From(rules);

        var now = clock.GetUtcNow();
        var dayAgo = now - TimeSpan.FromDays(1);
        await using var db = contexts.Create(draft.AgencyId);
        var recent = db.CampaignQuestions.Where(q => q.DraftId == draft.Id && q.AskedAt > dayAgo);
        var isPressedTwice = await recent.AnyAsync(q => q.Text == question.Text && q.Email == question.Email, cancellationToken);
        if (isPressedTwice) return null;
        if (await recent.CountAsync(cancellationToken) >= MaxQuestions) return new CampaignAskedTooOften();
        var asked = new CampaignQuestion(QuestionId.New(clock), draft, question, now);
        db.CampaignQuestions.Add(asked);
        db.AuditEvents.Add(draft.Note(AuditKind.CampaignQuestionAsked, new Actor(
            ActorKind.Participant, 0, ForeignText.Fit(question.Name, Actor.NameMaxLength), address), clock));
        var maker = await db.Users.Where(u => u.Id == draft.UserId.Value && u.AgencyId == draft.AgencyId && u.DisabledAt == null)
            .Where(u => u.Email != null).Select(u => new Addressee(u.Email!, u.Language)).SingleOrDefaultAsync(cancellationToken);
        IReadOnlyList<Addressee> mailed = maker is not null
            ? [maker]
            : await Notices.ListMainUsersAsync(db, draft.AgencyId, cancellationToken);
        var about = MailSubject.Of(asked.Id);
        db.EmailMessages.AddRange(mailed.Select(to => new EmailMessage(
            EmailMessageId.New(clock), draft.AgencyId, new NewMail(EmailKind.CampaignQuestion, about, to.Email, to.Language), now)));
        await db.SaveChangesAsync(cancellationToken);
        outbox.Wake();
        return null;
    }

    /// <summary>A link for a draft that has none yet.</summary>
    internal NewLink Make()
    {
        var token = SecretTokens.New();
        return new NewLink(SecretTokens.Hash(token), _protector.Protect(token));
    }

    /// <summary>The whole link, at the agency's own host when it has one.</summary>
    internal async Task<Uri> LinkOfAsync(AgencyId agency, string protectedToken, CancellationToken cancellationToken) =>
        new(brands.AddressOf(await brands.FindAsync(agency, cancellationToken)), $"r/draft/{_protector.Unprotect(protectedToken)}");

    private async Task<CampaignDraft?> FindDraftAsync(string token, CancellationToken cancellationToken)
    {
        var hash = SecretTokens.Hash(token);
        await using var db = contexts.CreateForSystem();
        return await db.CampaignDrafts.IgnoreQueryFilters().AsNoTracking()
            .SingleOrDefaultAsync(d => d.LinkTokenHash == hash && d.State != CampaignState.Removed, cancellationToken);
    }
}

/// <summary>A draft as its client sees it.</summary>
/// <param name="Agency">Whose it is.</param>
/// <param name="AgencyName">As the client knows the agency.</param>
/// <param name="Draft">What was drafted.</param>
public sealed record SharedCampaign(AgencyId Agency, string AgencyName, CampaignDraft Draft);

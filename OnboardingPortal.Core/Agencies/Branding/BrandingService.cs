using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Outbox;

namespace OnboardingPortal.Core.Agencies;

/// <summary>The white label as main users set it.</summary>
public sealed class BrandingService(
    PortalDbContextFactory contexts, IValidator<BrandingInput> validator, IStringLocalizer<BrandingValidator> text, OwnHosts hosts,
    OutboxSignal outbox, TimeProvider clock)
{
    private const string LogoField = nameof(Branding.Logo);

    /// <summary>The white label as it stands.</summary>
    /// <returns>It, or <see cref="NotAllowed"/>.</returns>
    public async Task<Result<BrandingState>> GetAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        var agency = await db.Agencies.AsNoTracking().SingleAsync(a => a.Id == caller.Agency, cancellationToken);
        var row = await db.Brandings.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var logo = row?.LogoHash is { } hash ? ClientBrand.PathOf(caller.Agency, hash) : null;
        var mailed = row is null ? null : ShownLogo.InMailsOf(caller.Agency, row.MailLogoHash, row.MailLogoWidth, row.MailLogoHeight);
        var message = agency.DefaultMessageIn(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
        return new BrandingState(BrandingInput.Of(row), logo, mailed, agency.Name, message, agency.IncludeRequesterName, agency.Language,
            await hosts.StateOfAsync(row, cancellationToken));
    }

    /// <summary>Replaces the white label.</summary>
    /// <param name="caller">A main user.</param>
    /// <param name="input">All settings.</param>
    /// <param name="logo">What becomes of the logo.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>
    /// Null, <see cref="NotAllowed"/>, <see cref="InputRefused"/>, <see cref="ColourTooPale"/>, <see cref="LogoMissing"/>, or a refusal of
    /// <see cref="LogoFile.Read"/>; a refusal changes nothing.
    /// </returns>
    public async Task<PortalError?> SaveAsync(
        AgencyCaller caller, BrandingInput input, LogoChange logo, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        input = input.Tidy();
        var validation = await validator.ValidateAsync(input, cancellationToken);
        if (!validation.IsValid) return InputRefused.From(validation);
        if (BrandColour.Parse(input.Colour) is { } colour && !colour.IsReadableOn(BrandColour.White))
        {
            return new ColourTooPale(colour, colour.NearestPassing(BrandColour.White));
        }

        LogoFile? file = null;
        if (logo.File is { } bytes)
        {
            var read = await Task.Run(() => LogoFile.Read(bytes), cancellationToken); // off the caller's thread, which belongs to a page
            if (!read.Succeeded) return read.Error;
            file = read.Value;
        }

        await using var db = contexts.Create(caller.Agency);
        var row = await db.Brandings.SingleOrDefaultAsync(cancellationToken);
        if (row is null) db.Brandings.Add(row = new Branding(caller.Agency));
        if (input.IsOn && (logo.IsChanged ? file is null : row.Logo is null)) return new LogoMissing();
        if (input.PublicHost is { } host && await hosts.IsTakenAsync(caller.Agency, host, cancellationToken)) return HostRefused();

        List<string> changed = [.. input.DifferencesFrom(BrandingInput.Of(row))];
        if (logo.IsChanged) changed.Add(LogoField);
        if (changed.Count == 0) return null;
        if (row is { IsHostShown: true, PublicHost: { } old } && old != input.PublicHost)
            await hosts.NoteGivenUpAsync(db, caller.Agency, old, cancellationToken);
        row.Change(input);
        if (logo.IsChanged) row.ChangeLogo(file);
        Record(db, caller, AuditKind.BrandingChanged, string.Join(", ", changed));
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>Mails the caller a request with made-up contents, as the white label makes it look.</summary>
    /// <param name="caller">A main user.</param>
    /// <param name="language">The mail's language.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null, <see cref="NotAllowed"/> or <see cref="TestMailTooSoon"/>.</returns>
    public async Task<PortalError?> SendTestAsync(AgencyCaller caller, string language, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        var now = clock.GetUtcNow();
        await using var db = contexts.Create(caller.Agency);
        var about = MailSubject.Of(caller.User);
        if (await db.EmailMessages.AnyAsync(
            m => m.Kind == EmailKind.Test && m.About == about && m.QueuedAt > now - EmailSetup.TestMailPause, cancellationToken))
        {
            return new TestMailTooSoon();
        }

        db.EmailMessages.Add(
            new EmailMessage(EmailMessageId.New(clock), caller.Agency, new NewMail(EmailKind.Test, about, caller.Email, language), now));
        Record(db, caller, AuditKind.TestMailSent, caller.Email);
        await db.SaveChangesAsync(cancellationToken);
        outbox.Wake();
        return null;
    }

    private InputRefused HostRefused() =>
        new(new Dictionary<string, string> { [nameof(BrandingInput.PublicHost)] = text[BrandingValidator.HostRefused] });

    private void Record(PortalDbContext db, AgencyCaller caller, AuditKind kind, string detail) =>
        db.AuditEvents.Add(
            new AuditEvent(AuditEventId.New(clock), caller.Agency, clock.GetUtcNow(), kind, caller.Actor, null, null, detail));
}

/// <summary>What the form of the white label starts with.</summary>
/// <param name="Input">The settings.</param>
/// <param name="LogoPath">Where the pages' logo is served, without a slash before it; null = there is none.</param>
/// <param name="MailLogo">The mails' logo; null = they say the name in words.</param>
/// <param name="AgencyName">The agency's own name.</param>
/// <param name="DefaultMessage">What requests say unless somebody changes it, in the language of the present culture; may be empty.</param>
/// <param name="IncludesRequesterName">Whether clients read who sends.</param>
/// <param name="Language">The language of mails.</param>
/// <param name="Host">How far it is with the agency's own host; null = it wants none.</param>
public sealed record BrandingState(
    BrandingInput Input, string? LogoPath, ShownLogo? MailLogo, string AgencyName, string DefaultMessage, bool IncludesRequesterName,
    string Language, OwnHostState? Host);

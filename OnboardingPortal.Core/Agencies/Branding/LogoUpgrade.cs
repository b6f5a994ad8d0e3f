using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using OnboardingPortal.Core.Data;

namespace OnboardingPortal.Core.Agencies;

/// <summary>
/// Makes the mails' picture of logos that were uploaded before there was one. The pages' picture stays, since mails that were sent name it.
/// </summary>
public sealed partial class LogoUpgrade(PortalDbContextFactory contexts, ILogger<LogoUpgrade> logger)
{
    /// <summary>
    /// Makes what is missing; does nothing where nothing is. A logo that does not decode stays on pages, and its agency's mails say the
    /// name in words until there is another.
    /// </summary>
    /// <returns>How many pictures were made.</returns>
    public async Task<int> CompleteAsync(CancellationToken cancellationToken)
    {
        List<AgencyId> agencies;
        await using (var db = contexts.CreateForSystem())
        {
            var old = db.Brandings.IgnoreQueryFilters().Where(b => b.Logo != null && b.MailLogo == null);
            agencies = await old.Select(b => b.AgencyId).ToListAsync(cancellationToken);
        }

        var made = 0;
        foreach (var agency in agencies)
        {
            await using var db = contexts.Create(agency);
            var row = await db.Brandings.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            if (row is not { Logo: { } logo, LogoHash: { } hash }) continue;
            var read = LogoFile.Read(logo);
            if (!read.Succeeded)
            {
                LogNotMade(agency, read.Error.GetType().Name);
                continue;
            }

            var mail = read.Value.Mail;
            var same = db.Brandings.Where(b => b.LogoHash == hash && b.MailLogo == null); // another one meanwhile has its own
            made += await same.ExecuteUpdateAsync(
                set => set.SetProperty(b => b.MailLogo, mail.Content).SetProperty(b => b.MailLogoType, mail.Type)
                    .SetProperty(b => b.MailLogoHash, mail.Hash)
                    .SetProperty(b => b.MailLogoWidth, mail.Width).SetProperty(b => b.MailLogoHeight, mail.Height),
                cancellationToken);
        }

        return made;
    }

    [LoggerMessage(EventId = 1351, Level = LogLevel.Warning,
        Message = "The logo of agency {Agency} cannot be mailed ({Refusal}): upload it again in Settings > White label")]
    private partial void LogNotMade(AgencyId agency, string refusal);
}

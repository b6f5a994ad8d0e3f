using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using OnboardingPortal.Core.Audit;
using OnboardingPortal.Core.Data;
using OnboardingPortal.Core.Platforms;

namespace OnboardingPortal.Core.Requests;

/// <summary>The saved starts of new requests: every user of the agency may use them, main users keep them.</summary>
public sealed class RequestTemplates(
    PortalDbContextFactory contexts, IValidator<TemplateInput> validator, PlatformCatalog platforms, TimeProvider clock)
{
    /// <summary>The agency's templates, by name.</summary>
    public async Task<IReadOnlyList<RequestTemplate>> ListAsync(AgencyCaller caller, CancellationToken cancellationToken)
    {
        await using var db = contexts.Create(caller.Agency);
        return await db.RequestTemplates.AsNoTracking().OrderBy(t => t.Name).ThenBy(t => t.Id).Take(RequestTemplate.MaxTemplates)
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Saves a template; a main user only. A Facebook user and Business Manager count only with a platform that grants assets.
    /// </summary>
    /// <param name="caller">Who saves.</param>
    /// <param name="id">The template to change; null = a new one.</param>
    /// <param name="input">What it is to hold.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns> The template's id, <see cref="NotAllowed"/>, <see cref="InputRefused"/>, <see cref="BusinessManagerRefused"/>,
    /// <see cref="TemplateNotFound"/>, <see cref="TemplateNameTaken"/> or <see cref="TooManyTemplates"/>; a refusal saves nothing.
    /// </returns>
    public async Task<Result<RequestTemplateId>> SaveAsync(
        AgencyCaller caller, RequestTemplateId? id, TemplateInput input, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        var validation = await validator.ValidateAsync(input, cancellationToken);
        if (!validation.IsValid) return InputRefused.From(validation);

        await using var db = contexts.Create(caller.Agency);
        var kept = await KeptAsync(db, input.Terms, cancellationToken);
        if (!kept.Succeeded) return kept.Error;
        var name = input.Name.Trim();
        var changed = id ?? RequestTemplateId.None;
        var template = id is null ? null : await db.RequestTemplates.SingleOrDefaultAsync(t => t.Id == id, cancellationToken);
        if (id is not null && template is null) return new TemplateNotFound();
        if (await db.RequestTemplates.AnyAsync(t => t.Name == name && t.Id != changed, cancellationToken))
            return new TemplateNameTaken(name);
        if (template is null)
        {
            if (await db.RequestTemplates.CountAsync(cancellationToken) >= RequestTemplate.MaxTemplates) return new TooManyTemplates();
            template = new RequestTemplate(RequestTemplateId.New(clock), caller.Agency, clock.GetUtcNow());
            db.RequestTemplates.Add(template);
        }

        template.Change(name, kept.Value);
        Record(db, caller, AuditKind.TemplateSaved, name);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            await using var now = contexts.Create(caller.Agency);
            if (!await now.RequestTemplates.AnyAsync(t => t.Name == name && t.Id != template.Id, cancellationToken)) throw;
            return new TemplateNameTaken(name); // somebody else was quicker
        }

        return template.Id;
    }

    /// <summary>Deletes a template; a main user only. Requests made from it stay as they are.</summary>
    /// <returns>Null, <see cref="NotAllowed"/> or <see cref="TemplateNotFound"/>.</returns>
    public async Task<PortalError?> DeleteAsync(AgencyCaller caller, RequestTemplateId id, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var name = await db.RequestTemplates.Where(t => t.Id == id).Select(t => t.Name).SingleOrDefaultAsync(cancellationToken);
        if (name is null || await db.RequestTemplates.Where(t => t.Id == id).ExecuteDeleteAsync(cancellationToken) == 0)
            return new TemplateNotFound();
        Record(db, caller, AuditKind.TemplateDeleted, name);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>Makes new requests start with a template, or with none; a main user only.</summary>
    /// <param name="caller">Who decides.</param>
    /// <param name="id">The template; null = none.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null, <see cref="NotAllowed"/> or <see cref="TemplateNotFound"/>.</returns>
    public async Task<PortalError?> MakeDefaultAsync(AgencyCaller caller, RequestTemplateId? id, CancellationToken cancellationToken)
    {
        if (caller.Role != AgencyRole.MainUser) return new NotAllowed();
        await using var db = contexts.Create(caller.Agency);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var chosen = id ?? RequestTemplateId.None;
        var before = await db.RequestTemplates.Where(t => t.IsDefault).Select(t => new { t.Id, t.Name })
            .SingleOrDefaultAsync(cancellationToken);
        if (before?.Id == id) return null;
        var name = id is null
            ? before!.Name
            : await db.RequestTemplates.Where(t => t.Id == chosen).Select(t => t.Name).SingleOrDefaultAsync(cancellationToken);
        if (name is null) return new TemplateNotFound();
        await db.RequestTemplates.ExecuteUpdateAsync(set => set.SetProperty(t => t.IsDefault, t => t.Id == chosen), cancellationToken);
        Record(db, caller, id is null ? AuditKind.TemplateNoLongerDefault : AuditKind.TemplateMadeDefault, name);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>What a template keeps of its input, or <see cref="BusinessManagerRefused"/>.</summary>
    private async Task<Result<RequestTerms>> KeptAsync(PortalDbContext db, RequestTerms input, CancellationToken cancellationToken)
    {
        var terms = input with { Message = input.Message.Trim(), Platforms = [.. input.Platforms.Distinct()] };
        var needsBusiness = terms.Platforms.Any(key => platforms.Find(key)?.Descriptor.Grants == PlatformGrants.Assets);
        if (!needsBusiness || terms is { FacebookUserId: null, BusinessManagerId: null })
            return terms with { FacebookUserId = null, BusinessManagerId = null };
        var user = await db.FacebookUsers.AsNoTracking().SingleOrDefaultAsync(u => u.Id == terms.FacebookUserId, cancellationToken);
        if (user is null) return new BusinessManagerRefused();
        if (terms.BusinessManagerId is { } business && !user.BusinessManagers.Any(b => b.ExternalId == business && b.IsAdmin))
            return new BusinessManagerRefused();
        return terms;
    }

    private void Record(PortalDbContext db, AgencyCaller caller, AuditKind kind, string name) =>
        db.AuditEvents.Add(new AuditEvent(AuditEventId.New(clock), caller.Agency, clock.GetUtcNow(), kind, caller.Actor, null, null, name));
}

/// <summary>What a main user fills in to keep a template; <see cref="TemplateInputValidator"/> holds its rules.</summary>
/// <param name="Name">What users choose it by; surrounding blanks do not count.</param>
/// <param name="Terms">
/// What requests start with: message and platforms may be empty; a Facebook user or Business Manager left out is chosen with each request.
/// </param>
public sealed record TemplateInput(string Name, RequestTerms Terms);

/// <summary>The rules of <see cref="TemplateInput"/>; the form and <see cref="RequestTemplates"/> both ask here.</summary>
public sealed class TemplateInputValidator : AbstractValidator<TemplateInput>
{
    /// <summary>Builds the rules.</summary>
    public TemplateInputValidator(IStringLocalizer<RequestTermsValidator> text, PlatformCatalog platforms)
    {
        RuleFor(t => t.Name).Must(n => !string.IsNullOrWhiteSpace(n) && !n.Any(char.IsControl))
            .WithMessage(_ => text["TemplateNameMissing"]);
        RuleFor(t => t.Name).Must(n => n is null || n.Trim().Length <= RequestTemplate.NameMaxLength)
            .WithMessage(_ => text["TemplateNameTooLong", RequestTemplate.NameMaxLength]);
        RuleFor(t => t.Terms.Message).NotNull().MaximumLength(OnboardingRequest.MessageMaxLength)
            .WithMessage(t => text["MessageTooLong", OnboardingRequest.MessageMaxLength, t.Terms.Message?.Length ?? 0])
            .OverridePropertyName(nameof(RequestTerms.Message));
        RuleFor(t => t.Terms.Message).Must(m => m is null || !m.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
            .WithMessage(_ => text["MessageControl"]).OverridePropertyName(nameof(RequestTerms.Message));
        RuleForEach(t => t.Terms.Platforms).OverrideIndexer((_, _, _, _) => "") // one field on the form, not one a platform
            .Must(key => platforms.Find(key) is not null).WithMessage((_, key) => text["PlatformUnavailable", platforms.NameOf(key)])
            .OverridePropertyName(nameof(RequestTerms.Platforms));
    }
}

/// <summary>No such template in the caller's agency, or it is deleted.</summary>
public sealed record TemplateNotFound : PortalError;

/// <summary>Another template of the agency has this name.</summary>
/// <param name="Name">As typed, without surrounding blanks.</param>
public sealed record TemplateNameTaken(string Name) : PortalError
{
    /// <summary><c>{0}</c>: the name.</summary>
    public override IReadOnlyList<object> Arguments => [Name];
}

/// <summary>The agency has as many templates as it may have.</summary>
public sealed record TooManyTemplates : PortalError
{
    /// <summary><c>{0}</c>: the limit.</summary>
    public override IReadOnlyList<object> Arguments => [RequestTemplate.MaxTemplates];
}

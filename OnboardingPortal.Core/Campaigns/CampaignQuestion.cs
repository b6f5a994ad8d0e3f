using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OnboardingPortal.Core.Campaigns;

/// <summary>What a client asked about a draft; mailed to who drafted it.</summary>
public sealed class CampaignQuestion : IAgencyOwned
{
    /// <summary>The most UTF-16 code units of a question.</summary>
    public const int TextMaxLength = 2000;

    /// <summary>The most UTF-16 code units of a name.</summary>
    public const int NameMaxLength = 120;

    private CampaignQuestion()
    {
    }

    internal CampaignQuestion(QuestionId id, CampaignDraft draft, NewCampaignQuestion question, DateTimeOffset now)
    {
        Id = id;
        AgencyId = draft.AgencyId;
        DraftId = draft.Id;
        AskedAt = now;
        Name = question.Name;
        Email = question.Email;
        Text = question.Text;
    }

    /// <summary>The question's id.</summary>
    public QuestionId Id { get; private set; }

    /// <inheritdoc />
    public AgencyId AgencyId { get; private set; }

    /// <summary>The draft it is about.</summary>
    public CampaignDraftId DraftId { get; private set; }

    /// <summary>Who asked, as they say; hostile.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Where they want the answer; nobody has verified it.</summary>
    public string Email { get; private set; } = "";

    /// <summary>Plain text; hostile.</summary>
    public string Text { get; private set; } = "";

    /// <summary>When, UTC.</summary>
    public DateTimeOffset AskedAt { get; private set; }
}

internal sealed class CampaignQuestionConfiguration : IEntityTypeConfiguration<CampaignQuestion>
{
    public void Configure(EntityTypeBuilder<CampaignQuestion> builder)
    {
        builder.ToTable("campaign_questions");
        builder.Property(q => q.Id).ValueGeneratedNever();
        builder.Property(q => q.Name).HasMaxLength(CampaignQuestion.NameMaxLength);
        builder.Property(q => q.Email).HasMaxLength(EmailAddress.MaxLength);
        builder.Property(q => q.Text).HasMaxLength(CampaignQuestion.TextMaxLength);
        builder.HasIndex(q => new { q.DraftId, q.AskedAt });
        builder.HasOne<CampaignDraft>().WithMany().HasForeignKey(q => q.DraftId).OnDelete(DeleteBehavior.Cascade);
    }
}

/// <summary>What a client types to ask about a draft.</summary>
/// <param name="Name">1 to <see cref="CampaignQuestion.NameMaxLength"/> characters.</param>
/// <param name="Email">An address.</param>
/// <param name="Text">1 to <see cref="CampaignQuestion.TextMaxLength"/> characters.</param>
public sealed record NewCampaignQuestion(string Name, string Email, string Text);

/// <summary>The rules of <see cref="NewCampaignQuestion"/>; the page has the words for each field.</summary>
internal sealed class NewCampaignQuestionValidator : AbstractValidator<NewCampaignQuestion>
{
    public NewCampaignQuestionValidator()
    {
        RuleFor(q => q.Name).NotEmpty().MaximumLength(CampaignQuestion.NameMaxLength);
        RuleFor(q => q.Email).Must(EmailAddress.IsOne);
        RuleFor(q => q.Text).NotEmpty().MaximumLength(CampaignQuestion.TextMaxLength);
    }
}

/// <summary>There were too many questions about the draft today.</summary>
public sealed record CampaignAskedTooOften : PortalError;

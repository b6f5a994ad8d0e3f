namespace OnboardingPortal.App.Features.DataSync;

/// <summary>A draft in which an audience is given a name.</summary>
public interface INamesAudience
{
    /// <summary>1 to 200 characters.</summary>
    string AudienceName { get; set; }
}

namespace OnboardingPortal.Core.Agencies;

/// <summary>The file is no picture that can be decoded, whatever its name says.</summary>
public sealed record LogoNotAPicture : PortalError;

/// <summary>The file is larger than <see cref="LogoFile.MaxBytes"/>.</summary>
public sealed record LogoTooHeavy : PortalError
{
    /// <summary><c>{0}</c>: the limit in MB.</summary>
    public override IReadOnlyList<object> Arguments => [LogoFile.MaxBytes / 1024 / 1024];
}

/// <summary>The picture has more pixels than <see cref="LogoFile.MaxMegapixels"/> millions.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record LogoTooLarge(int Width, int Height) : PortalError
{
    /// <summary><c>{0}</c> and <c>{1}</c>: width and height; <c>{2}</c>: the most, in millions of pixels.</summary>
    public override IReadOnlyList<object> Arguments => [Width, Height, LogoFile.MaxMegapixels];
}

/// <summary>The picture moves.</summary>
public sealed record LogoAnimated : PortalError;

/// <summary>The picture is damaged: not all of it decodes.</summary>
public sealed record LogoBroken : PortalError;

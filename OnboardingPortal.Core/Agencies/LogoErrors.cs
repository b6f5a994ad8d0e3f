namespace OnboardingPortal.Core.Agencies;

/// <summary>The file is neither PNG nor JPEG nor WebP by its content, whatever its name says.</summary>
public sealed record LogoNotAPicture : PortalError;

/// <summary>The file is larger than <see cref="LogoFile.MaxBytes"/>.</summary>
public sealed record LogoTooHeavy : PortalError;

/// <summary>The picture has a side of more than <see cref="LogoFile.MaxSide"/> pixels.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
public sealed record LogoTooLarge(int Width, int Height) : PortalError
{
    /// <summary><c>{0}</c> and <c>{1}</c>: width and height; <c>{2}</c>: the most.</summary>
    public override IReadOnlyList<object> Arguments => [Width, Height, LogoFile.MaxSide];
}

/// <summary>The picture moves.</summary>
public sealed record LogoAnimated : PortalError;

/// <summary>The picture is damaged, or unpacks to more or less than its size says.</summary>
public sealed record LogoBroken : PortalError;

/// <summary>Something else is hidden behind the picture.</summary>
public sealed record LogoHasMore : PortalError;

using MudBlazor;

namespace OnboardingPortal.App.Layout;

/// <summary>
/// The one theme: neutral slate greys, an indigo accent, the system's fonts. <c>wwwroot/look.css</c> is written from it, so that light and
/// dark follow the system before any script runs, with what follows from it beyond the variables; a test compares the two and writes the
/// sheet anew when asked to.
/// </summary>
public static class PortalTheme
{
    private const string Transparent = "#00000000";
    private static readonly string[] Fonts = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#4f46e5",
            PrimaryContrastText = "#ffffff",
            PrimaryDarken = "#4338ca",
            PrimaryLighten = "#eef2ff",
            Secondary = "#475569",
            SecondaryContrastText = "#ffffff",
            Tertiary = "#334155",
            TertiaryContrastText = "#ffffff",
            Info = "#0369a1",
            InfoContrastText = "#ffffff",
            InfoDarken = "#075985",
            InfoLighten = "#e6f0f6",
            Success = "#15803d",
            SuccessContrastText = "#ffffff",
            SuccessDarken = "#14713a",
            SuccessLighten = "#e8f3ec",
            Warning = "#b45309",
            WarningContrastText = "#ffffff",
            WarningDarken = "#974807",
            WarningLighten = "#f8eee6",
            Error = "#b91c1c",
            ErrorContrastText = "#ffffff",
            ErrorDarken = "#a61919",
            ErrorLighten = "#f8e8e8",
            Dark = "#0f172a",
            DarkContrastText = "#f1f5f9",
            TextPrimary = "#0f172a",
            TextSecondary = "#475569",
            TextDisabled = "#64748b",
            ActionDefault = "#475569",
            ActionDisabled = "#64748b",
            ActionDisabledBackground = "#e2e8f0",
            Background = "#f8fafc",
            BackgroundGray = "#f1f5f9",
            Surface = "#ffffff",
            DrawerBackground = "#ffffff",
            DrawerText = "#334155",
            DrawerIcon = "#475569",
            AppbarBackground = "#ffffff",
            AppbarText = "#0f172a",
            LinesDefault = "#e2e8f0",
            LinesInputs = "#64748b",
            TableLines = "#e2e8f0",
            TableHover = "#f1f5f9",
            TableStriped = "#f8fafc",
            Divider = "#e2e8f0",
            DividerLight = "#eef1f5",
            GrayDefault = "#64748b",
            GrayLight = "#e2e8f0",
            GrayLighter = "#eef1f5",
            Skeleton = "#e2e8f0",
            OverlayDark = "rgba(15,23,42,0.45)",
            OverlayLight = Transparent,
            HoverOpacity = 0.08,
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#a5b4fc",
            PrimaryContrastText = "#14163a",
            PrimaryDarken = "#c7d2fe",
            PrimaryLighten = "#2c3359",
            Secondary = "#b3bfd0",
            SecondaryContrastText = "#0f172a",
            Tertiary = "#cbd5e1",
            TertiaryContrastText = "#0f172a",
            Info = "#38bdf8",
            InfoContrastText = "#082f49",
            InfoDarken = "#7dd3fc",
            InfoLighten = "#1f3d55",
            Success = "#4ade80",
            SuccessContrastText = "#052e16",
            SuccessDarken = "#86efac",
            SuccessLighten = "#1f3d3a",
            Warning = "#fbbf24",
            WarningContrastText = "#2a1a00",
            WarningDarken = "#fcd34d",
            WarningLighten = "#403a2e",
            Error = "#f87171",
            ErrorContrastText = "#2d0805",
            ErrorDarken = "#fca5a5",
            ErrorLighten = "#412f3f",
            Dark = "#f1f5f9",
            DarkContrastText = "#0f172a",
            TextPrimary = "#f1f5f9",
            TextSecondary = "#b3bfd0",
            TextDisabled = "#94a3b8",
            ActionDefault = "#b3bfd0",
            ActionDisabled = "#94a3b8",
            ActionDisabledBackground = "#334155",
            Background = "#0f172a",
            BackgroundGray = "#27344a",
            Surface = "#1e293b",
            DrawerBackground = "#1e293b",
            DrawerText = "#e2e8f0",
            DrawerIcon = "#b3bfd0",
            AppbarBackground = "#1e293b",
            AppbarText = "#f1f5f9",
            LinesDefault = "#334155",
            LinesInputs = "#8494aa",
            TableLines = "#334155",
            TableHover = "#27344a",
            TableStriped = "#1b263a",
            Divider = "#334155",
            DividerLight = "#27344a",
            GrayDefault = "#94a3b8",
            GrayLight = "#334155",
            GrayLighter = "#27344a",
            Skeleton = "#334155",
            OverlayDark = "rgba(2,6,23,0.65)",
            OverlayLight = Transparent,
            HoverOpacity = 0.12,
        },
        Typography = new Typography
        {
            Default = new DefaultTypography
            {
                FontFamily = Fonts,
                FontSize = ".875rem",
                FontWeight = "400",
                LineHeight = "1.5",
                LetterSpacing = "normal"
            },
            H1 = new H1Typography
            {
                FontFamily = Fonts,
                FontSize = "2rem",
                FontWeight = "600",
                LineHeight = "1.25",
                LetterSpacing = "normal"
            },
            H2 = new H2Typography
            {
                FontFamily = Fonts,
                FontSize = "1.5rem",
                FontWeight = "600",
                LineHeight = "1.3",
                LetterSpacing = "normal"
            },
            H3 = new H3Typography
            {
                FontFamily = Fonts,
                FontSize = "1.25rem",
                FontWeight = "600",
                LineHeight = "1.3",
                LetterSpacing = "normal"
            },
            H4 = new H4Typography
            {
                FontFamily = Fonts,
                FontSize = "1.5rem",
                FontWeight = "600",
                LineHeight = "1.3",
                LetterSpacing = "normal"
            },
            H5 = new H5Typography
            {
                FontFamily = Fonts,
                FontSize = "1.25rem",
                FontWeight = "600",
                LineHeight = "1.3",
                LetterSpacing = "normal"
            },
            H6 = new H6Typography
            {
                FontFamily = Fonts,
                FontSize = "1rem",
                FontWeight = "600",
                LineHeight = "1.4",
                LetterSpacing = "normal"
            },
            Subtitle1 = new Subtitle1Typography
            {
                FontFamily = Fonts,
                FontSize = "1rem",
                FontWeight = "400",
                LineHeight = "1.5",
                LetterSpacing = "normal"
            },
            Subtitle2 = new Subtitle2Typography
            {
                FontFamily = Fonts,
                FontSize = ".875rem",
                FontWeight = "600",
                LineHeight = "1.5",
                LetterSpacing = "normal"
            },
            Body1 = new Body1Typography
            {
                FontFamily = Fonts,
                FontSize = "1rem",
                FontWeight = "400",
                LineHeight = "1.5",
                LetterSpacing = "normal"
            },
            Body2 = new Body2Typography
            {
                FontFamily = Fonts,
                FontSize = ".875rem",
                FontWeight = "400",
                LineHeight = "1.5",
                LetterSpacing = "normal"
            },
            Button = new ButtonTypography
            {
                FontFamily = Fonts,
                FontSize = ".875rem",
                FontWeight = "600",
                LineHeight = "1.5",
                LetterSpacing = "normal",
                TextTransform = "none"
            },
            Caption = new CaptionTypography
            {
                FontFamily = Fonts,
                FontSize = ".75rem",
                FontWeight = "400",
                LineHeight = "1.5",
                LetterSpacing = "normal"
            },
            Overline = new OverlineTypography
            {
                FontFamily = Fonts,
                FontSize = ".75rem",
                FontWeight = "600",
                LineHeight = "1.5",
                LetterSpacing = "normal",
                TextTransform = "none"
            },
        },
        LayoutProperties = new LayoutProperties
        {
            DefaultBorderRadius = "8px",
            AppbarHeight = "56px",
            DrawerWidthLeft = "232px",
            DrawerMiniWidthLeft = "64px"
        },
        ZIndex = new ZIndex { Drawer = 1050, AppBar = 1100 }, // below the overlay, so that a press on them closes what is open
        Shadows = new Shadow { Elevation = [.. Enumerable.Range(0, 26).Select(Shadow)] },
    };

    /// <summary>Only what floats has a shadow; all else has a border.</summary>
    private static string Shadow(int elevation) => elevation < 2 ? "none" : "0 8px 24px rgb(15 23 42 / 14%)";
}

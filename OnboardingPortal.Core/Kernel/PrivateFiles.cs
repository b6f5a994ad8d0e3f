namespace OnboardingPortal.Core.Kernel;

/// <summary>
/// Directories and files that only the portal's own user may open. Windows inherits such rights from the directory above.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnDirectory = OwnFile | UnixFileMode.UserExecute;

    /// <summary>Makes a directory unless it is there, and those above it, which are private as well where they are made.</summary>
    /// <returns>Its full path.</returns>
    public static string CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows()) return Directory.CreateDirectory(path).FullName;
        var full = Path.GetFullPath(path);
        // the framework gives the mode to the last one alone
        if (Path.GetDirectoryName(full) is { } parent && !Directory.Exists(parent)) CreateDirectory(parent);
        return Directory.CreateDirectory(full, OwnDirectory).FullName;
    }

    /// <summary>How a new file is written.</summary>
    public static FileStreamOptions New(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnFile;
        return options;
    }

    /// <summary>Takes a directory from everybody else.</summary>
    /// <exception cref="UnauthorizedAccessException">It belongs to another user.</exception>
    public static void TightenDirectory(string directory)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(directory, OwnDirectory);
    }

    /// <summary>Takes a file from everybody else.</summary>
    /// <exception cref="UnauthorizedAccessException">It belongs to another user.</exception>
    public static void TightenFile(string file)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, OwnFile);
    }
}

namespace OnboardingPortal.Core;

/// <summary>Directories and files that only the portal's own user may open. Windows inherits such rights from the directory above.</summary>
public static class PrivateFiles
{
    /// <summary>Read and write for the owner.</summary>
    public const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Everything for the owner.</summary>
    public const UnixFileMode DirectoryMode = FileMode | UnixFileMode.UserExecute;

    /// <summary>Makes a directory, with those above it, unless it is there.</summary>
    /// <returns>Its full path.</returns>
    public static string CreateDirectory(string path) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, DirectoryMode)).FullName;

    /// <summary>How a new file is written.</summary>
    public static FileStreamOptions New(System.IO.FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = FileMode;
        return options;
    }

    /// <summary>Takes a directory from everybody else.</summary>
    /// <exception cref="UnauthorizedAccessException">It belongs to another user.</exception>
    public static void TightenDirectory(string directory)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(directory, DirectoryMode);
    }

    /// <summary>Takes a file from everybody else.</summary>
    /// <exception cref="UnauthorizedAccessException">It belongs to another user.</exception>
    public static void TightenFile(string file)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, FileMode);
    }
}

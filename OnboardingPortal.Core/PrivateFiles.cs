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

    /// <summary>Takes from everybody else what lies in a directory, and the directory.</summary>
    public static void Tighten(string directory)
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(directory, DirectoryMode);
        foreach (var inner in Directory.EnumerateDirectories(directory)) Tighten(inner);
        foreach (var file in Directory.EnumerateFiles(directory)) File.SetUnixFileMode(file, FileMode);
    }

    /// <summary>Takes a file from everybody else.</summary>
    public static void TightenFile(string file)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, FileMode);
    }
}

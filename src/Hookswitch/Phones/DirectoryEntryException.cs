namespace Hookswitch.Phones;

/// <summary>An entry of the directory that makes no sense. The message names the member by its path, and says what is wrong.</summary>
internal sealed class DirectoryEntryException(string property, string problem) : Exception($"'{property}' {problem}.")
{
    public string Property { get; } = property;

    /// <summary>What is wrong with it, to be read after its name.</summary>
    public string Problem { get; } = problem;
}

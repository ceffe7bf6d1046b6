namespace Hookswitch;

/// <summary>Something that the person at the command line can put right. The message says what and how; no stack trace helps.</summary>
internal sealed class UsageException(string message) : Exception(message);

namespace Npgsql;

/// <summary>Stands for an object of that provider, which is known by its namespace.</summary>
internal sealed class NpgsqlFake;

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OnboardingPortal.Core.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class RequestSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(RequestSearchIndex.Postgres);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP INDEX \"IX_requests_search\";");
        }
    }
}
